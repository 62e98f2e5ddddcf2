# A decoder layer: grouped-query attention, then an MLP, norms before each. Qwen2 has biases on q, k and v, Qwen3 norms
# over the dimensions of each query and key head. decoder_norm and decoder_mlp are those of qwen.py or gemma.py.
# A layer's weights are under `at`, for example "model.layers.0.".
#
# Sequences of different lengths lie behind each other, N tokens in all, without padding: norms and products see all
# tokens at once, attention goes from sequence to sequence.

# What attention knows of the sequences. A sequence may have a memory of what came before it: [layers, 2, room, kv_heads,
# head_dim], the rotated keys and the values of its first `seen` tokens in every layer.
class Sequences:
  lengths : List[int]
  seen : List[int]
  masks : List[Tensor]
  memories : List[Tensor]
  memory_of : List[int]
  grows : bool
  last : int
  together : bool
  joint_mask : Tensor

  # prefixes: so many tokens at the start, those of the memory among them, see each other in both directions (0: causal);
  # memory_of: the place of each sequence's memory in `memories`, which may share one, or -1; grows: the keys and values
  # of these tokens are written into the memories, which have room for them. To be set later: `last`, the layer whose
  # output is read at the last token of each sequence only, -1: none; `together`, whether sequences are filled up to the
  # same length for one attention over all, which is derived in one piece as well, under joint_mask [B, 1, T, T] if there is one.
  def __init__(self: __torch__.Sequences, lengths: List[int], seen: List[int], prefixes: List[int], memories: List[Tensor], memory_of: List[int], grows: bool, like: Tensor) -> NoneType:
    self.lengths = lengths
    self.seen = seen
    self.memories = memories
    self.memory_of = memory_of
    self.grows = grows
    self.last = -1
    self.together = False
    self.joint_mask = torch.empty([0], dtype=like.dtype, device=like.device)
    self.masks = [__torch__.decoder_mask(lengths[i], seen[i], prefixes[i], like) for i in range(len(lengths))]
    return None

  # What a layer goes on with after its keys and values: x [N, ...], or of the last layer [B, ...]
  def read_of(self: __torch__.Sequences, layer: int, x: Tensor) -> Tensor:
    if layer != self.last:
      return x
    ends = torch.cumsum(torch.tensor(self.lengths, dtype=4), 0) - 1
    return x.index_select(0, ends.to(x.device))

  # How many of them belong to sequence i
  def asking(self: __torch__.Sequences, layer: int, i: int) -> int:
    if layer == self.last:
      return 1
    return self.lengths[i]

  # All that sequence i may look at in a layer: k, v [T, kv_heads, head_dim] -> [seen + T, kv_heads, head_dim] each
  def remember(self: __torch__.Sequences, i: int, layer: int, k: Tensor, v: Tensor) -> Tuple[Tensor, Tensor]:
    if self.memory_of[i] < 0:
      return (k, v)
    begin = self.seen[i]
    end = begin + k.size(0)
    keys, values = torch.unbind(self.memories[self.memory_of[i]][layer])
    if self.grows:
      keys[begin:end].copy_(k)
      values[begin:end].copy_(v)
      return (keys[:end], values[:end])
    return (torch.cat([keys[:begin], k], 0), torch.cat([values[:begin], v], 0))

# Where the T tokens after the `seen` ones may look, among all of these: 0 there and -inf elsewhere, in the dtype of
# `like` [T, seen + T]; nothing where a flag or no mask says the same.
def decoder_mask(T: int, seen: int, prefix: int, like: Tensor) -> Tensor:
  if prefix == 0 and (seen == 0 or T == 1):
    return torch.empty([0], dtype=like.dtype, device=like.device)
  hidden = torch.ones([T, seen + T], dtype=11, device=like.device).triu(seen + 1)
  hidden[:, :prefix] = False
  return torch.zeros([T, seen + T], dtype=like.dtype, device=like.device).masked_fill(hidden, float("-inf"))

# Where the tokens of a sequence with branches may look: back, within their own branch and what stands before all branches.
# branches [T]: 0 before them, then 1, 2 ... in turn -> as decoder_mask
def branch_mask(branches: Tensor, like: Tensor) -> Tensor:
  T = branches.size(0)
  if not bool(branches.any()):
    return torch.empty([0], dtype=like.dtype, device=like.device)
  ahead = torch.ones([T, T], dtype=11, device=like.device).triu(1)
  elsewhere = torch.logical_and(branches.unsqueeze(0) != branches.unsqueeze(1), branches.unsqueeze(0) != 0)
  return torch.zeros([T, T], dtype=like.dtype, device=like.device).masked_fill(torch.logical_or(ahead, elsewhere), float("-inf"))

# The same for sequences that are filled up to one length: [B, 1, longest, longest]; what is filled up is a branch of its own.
def joint_branch_mask(branches: List[Tensor], like: Tensor) -> Tensor:
  T = max([b.size(0) for b in branches])
  own = torch.full([len(branches), T], -1, dtype=4, device=like.device)
  for i in range(len(branches)):
    own[i, :branches[i].size(0)].copy_(branches[i])
  ahead = torch.ones([T, T], dtype=11, device=like.device).triu(1)
  elsewhere = torch.logical_and(own.unsqueeze(1) != own.unsqueeze(2), own.unsqueeze(1) != 0)
  hidden = torch.logical_or(ahead, elsewhere).unsqueeze(1)
  return torch.zeros(hidden.shape, dtype=like.dtype, device=like.device).masked_fill(hidden, float("-inf"))

# Multimodal rotary angles (Qwen2-VL, section 2.1): frequency i turns with positions[axes[i]], where the axes are
# 0 time, 1 height and 2 width. positions [3, N] -> cos, sin [N, 1, head_dim].
def mrope(positions: Tensor, head_dim: int, theta: float, axes: List[int], dtype: int) -> Tuple[Tensor, Tensor]:
  chosen = torch.stack([positions[axis] for axis in axes], -1).float()
  angles = chosen * __torch__.rotary_frequencies(head_dim, theta, positions.device)
  angle = torch.cat([angles, angles], -1).unsqueeze(1)
  return (angle.cos().to(dtype), angle.sin().to(dtype))

# x [N, hidden] -> [N, heads, head_dim]
def decoder_heads(w: Dict[str, Tensor], at: str, name: str, x: Tensor, head_dim: int, eps: float) -> Tensor:
  h = __torch__.linear(w, at + name + "_proj", x).view([x.size(0), -1, head_dim])
  if at + name + "_norm.weight" in w:
    h = __torch__.rms_norm(w, at + name + "_norm", h, eps)
  return h

# One sequence: q [T, heads, head_dim] are the last of k, v [S, kv_heads, head_dim] -> [T, heads * head_dim]. A key head
# serves several query heads: as rows of a batch they share it without a copy.
def sequence_attention(w: Dict[str, Tensor], q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
  T, H, D = q.shape
  S, K, _ = k.shape
  q = q.view([T, K, H // K, D]).permute([1, 2, 0, 3])
  k = k.transpose(0, 1)[:, None].expand([K, H // K, S, D])
  v = v.transpose(0, 1)[:, None].expand([K, H // K, S, D])
  # a last token sees all
  o = __torch__.attention(w, q, k, v, mask[:T if T > 1 else 0], T == S)
  return o.permute([2, 0, 1, 3]).reshape([T, H * D])

# x [N, heads, head_dim], the sequences behind each other -> [B, heads, longest, head_dim], zeros behind the shorter ones
def filled_up(x: Tensor, lengths: List[int]) -> Tensor:
  longest = max(lengths)
  if longest * len(lengths) == x.size(0):
    return x.view([len(lengths), longest, x.size(1), x.size(2)]).transpose(1, 2)
  zeros = torch.zeros([longest, x.size(1), x.size(2)], dtype=x.dtype, device=x.device)
  rows = torch.split(x, lengths, 0)
  pieces = annotate(List[Tensor], [])
  for i in range(len(lengths)):
    pieces.append(rows[i])
    pieces.append(zeros[lengths[i]:])
  return torch.cat(pieces, 0).view([len(lengths), longest, x.size(1), x.size(2)]).transpose(1, 2)

# Attention of all sequences at once: no token sees those after it, thus none sees what was filled up.
# q [N, heads, head_dim]; k, v [N, kv_heads, head_dim]; mask: as joint_mask -> [N, heads * head_dim]
def joint_attention(w: Dict[str, Tensor], q: Tensor, k: Tensor, v: Tensor, lengths: List[int], mask: Tensor) -> Tensor:
  N, H, D = q.shape
  B = len(lengths)
  R = H // k.size(1)
  qs = __torch__.filled_up(q, lengths)
  ks, vs = [__torch__.filled_up(x, lengths).unsqueeze(2).expand([B, k.size(1), R, -1, D]).reshape(qs.shape) for x in [k, v]]
  o = __torch__.attention(w, qs, ks, vs, mask, mask.size(0) == 0).transpose(1, 2)
  if o.size(1) * B == N:
    return o.reshape([N, H * D])
  rows = o.reshape([-1, H * D])
  longest = o.size(1)
  cuts = annotate(List[int], [])
  for n in lengths:
    cuts.append(n)
    cuts.append(longest - n)
  return torch.cat(torch.split(rows, cuts, 0)[::2], 0)

# x [N, hidden] -> [N, hidden], or in the last layer [B, hidden]
def decoder_attention(w: Dict[str, Tensor], at: str, layer: int, x: Tensor, cos: Tensor, sin: Tensor, sequences: __torch__.Sequences, head_dim: int, eps: float) -> Tensor:
  k = __torch__.rotate(__torch__.decoder_heads(w, at, "k", x, head_dim, eps), cos, sin)
  v = __torch__.linear(w, at + "v_proj", x).view(k.shape)
  q = __torch__.decoder_heads(w, at, "q", sequences.read_of(layer, x), head_dim, eps)
  q = __torch__.rotate(q, sequences.read_of(layer, cos), sequences.read_of(layer, sin))
  if sequences.together:
    return __torch__.linear(w, at + "o_proj", __torch__.joint_attention(w, q, k, v, sequences.lengths, sequences.joint_mask))
  qs = torch.split(q, [sequences.asking(layer, i) for i in range(len(sequences.lengths))], 0)
  ks, vs = [torch.split(x, sequences.lengths, 0) for x in [k, v]]
  outputs = annotate(List[Tensor], [])
  for i in range(len(sequences.lengths)):
    keys, values = sequences.remember(i, layer, ks[i], vs[i])
    outputs.append(__torch__.sequence_attention(w, qs[i], keys, values, sequences.masks[i]))
  return __torch__.linear(w, at + "o_proj", torch.cat(outputs, 0))

# The layer with that number: x [N, hidden] -> [N, hidden], or of the last layer [B, hidden]
def decoder_layer(w: Dict[str, Tensor], layer: int, x: Tensor, cos: Tensor, sin: Tensor, sequences: __torch__.Sequences, head_dim: int, eps: float) -> Tensor:
  at = "model.layers." + str(layer) + "."
  h = __torch__.decoder_norm(w, at + "input_layernorm", x, eps)
  h = __torch__.decoder_attention(w, at + "self_attn.", layer, h, cos, sin, sequences, head_dim, eps)
  x = sequences.read_of(layer, x) + h
  h = __torch__.decoder_norm(w, at + "post_attention_layernorm", x, eps)
  return x + __torch__.decoder_mlp(w, at + "mlp.", h)
