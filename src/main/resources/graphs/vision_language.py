# The vision tower's tokens take the places of placeholders among the text's embeddings, and a decoder
# reads both: B sequences behind each other, N tokens in all (decoder.py). The tower is the function `see` of the family.

class VisionLanguage(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  w : Dict[str, Tensor]
  files : Dict[str, Tensor]
  device : str
  layers : int
  kv_heads : int
  head_dim : int
  eps : float
  theta : float
  axes : List[int]
  vision_layers : int
  vision_heads : int
  vision_more : List[int]
  deepstack : int

  def __getstate__(self: __torch__.VisionLanguage) -> int:
    return 0
  def __setstate__(self: __torch__.VisionLanguage, state: int) -> NoneType:
    self.training = False
    self.w = annotate(Dict[str, Tensor], {})
    self.files = annotate(Dict[str, Tensor], {})
    self.place("cpu")
    self.configure_decoder(1, 1, 1, 1e-06, 10000., [0])
    self.configure_vision(1, 1, annotate(List[int], []), 0)
    return None

  def place(self: __torch__.VisionLanguage, device: str) -> int:
    self.device = device
    return 0
  def configure_decoder(self: __torch__.VisionLanguage, layers: int, kv_heads: int, head_dim: int, eps: float, theta: float, axes: List[int]) -> int:
    self.layers = layers
    self.kv_heads = kv_heads
    self.head_dim = head_dim
    self.eps = eps
    self.theta = theta
    self.axes = axes
    return 0
  # more: numbers that only the family's `see` knows; deepstack: how many of the first decoder layers get features
  def configure_vision(self: __torch__.VisionLanguage, layers: int, heads: int, more: List[int], deepstack: int) -> int:
    self.vision_layers = layers
    self.vision_heads = heads
    self.vision_more = more
    self.deepstack = deepstack
    return 0

  # As references are made: `attention` in layers.py
  def attend_eagerly(self: __torch__.VisionLanguage) -> int:
    self.w["attention.eager"] = torch.empty([0])
    return 0

  def map_file(self: __torch__.VisionLanguage, path: str, bytes: Tensor) -> Tensor:
    return __torch__.map_weight_file(self.files, path, bytes)
  def put_mapped(self: __torch__.VisionLanguage, name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, wanted: Tensor, device: str) -> Tensor:
    return __torch__.put_mapped_weight(self.w, self.files, name, path, offset, shape, stored, wanted, device)
  def merge_low_rank(self: __torch__.VisionLanguage, name: str, scale: Tensor, wanted: Tensor) -> Tensor:
    return __torch__.merge_low_rank_weight(self.w, name, scale, wanted)
  def pack(self: __torch__.VisionLanguage, name: str, form: Tensor) -> Tensor:
    return __torch__.pack_weight(self.w, name, form)
  def put_packed(self: __torch__.VisionLanguage, name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, form: Tensor) -> Tensor:
    return __torch__.put_packed_weight(self.w, name, path, offset, shape, stored, form)

  def here(self: __torch__.VisionLanguage, x: Tensor) -> Tensor:
    return x.to(torch.device(self.device))

  # As `see` of the family, on the device of the weights.
  def look(self: __torch__.VisionLanguage, patches: Tensor, grids: List[int], runs: List[int], every: bool) -> List[Tensor]:
    return __torch__.see(self.w, self.here(patches), grids, runs, self.vision_layers, self.vision_heads, self.vision_more, every)

  # What goes into the prompt and what is added to the outputs of the first decoder layers (DeepStack), in this
  # order: the last of `seen` and the `deepstack` before it, each [M, hidden]; kept [K]: which of the M, or empty
  # for all -> [K, hidden] each
  def features(self: __torch__.VisionLanguage, seen: List[Tensor], kept: Tensor) -> List[Tensor]:
    end = len(seen) - 1
    chosen = [seen[end]]
    chosen.extend(seen[end - self.deepstack:end])
    if kept.size(0) > 0:
      return [c.index_select(0, self.here(kept)) for c in chosen]
    return chosen

  # ids [N]; features: [] or those of the prompt first, [M, hidden]; places [M]: where in the N tokens they go -> [N, hidden]
  def embed(self: __torch__.VisionLanguage, ids: Tensor, features: List[Tensor], places: Tensor) -> Tensor:
    x = __torch__.token_embeddings(self.w["model.embed_tokens.weight"], self.here(ids))
    if len(features) > 0:
      x = x.index_copy(0, self.here(places), features[0])
    return x

  # The final norm: x [..., hidden] -> the same
  def finish(self: __torch__.VisionLanguage, x: Tensor) -> Tensor:
    return __torch__.decoder_norm(self.w, "model.norm", x, self.eps)

  # x [N, hidden] as embed gives it; positions [3, N]. Gives the outputs of the layers in `wanted` (ascending, 0: x
  # itself), before the final norm, and stops after the last of them; a negative -1 - i wants what layer i reads.
  # features and places as in embed: those after the first are added to the outputs of the first layers, for the next to read.
  def decode(self: __torch__.VisionLanguage, x: Tensor, positions: Tensor, sequences: __torch__.Sequences, features: List[Tensor], places: Tensor, wanted: List[int]) -> List[Tensor]:
    cos, sin = __torch__.mrope(self.here(positions), self.head_dim, self.theta, self.axes, x.dtype)
    states = annotate(List[Tensor], [])
    if 0 in wanted:
      states.append(x)
    for i in range(max(wanted)):
      if -1 - i in wanted:
        states.append(x)
      x = __torch__.decoder_layer(self.w, i, x, cos, sin, sequences, self.head_dim, self.eps)
      if i + 1 in wanted:
        states.append(x)
      if i + 1 < min(len(features), max(wanted)):
        x = x.index_add(0, self.here(places), features[i + 1])
    return states

  # The head's rows for some token ids: x [..., hidden] after the final norm -> [..., rows] float32; no rows: all
  def logits(self: __torch__.VisionLanguage, x: Tensor, rows: Tensor) -> Tensor:
    name = "model.embed_tokens.weight"
    if "lm_head.weight" in self.w:
      name = "lm_head.weight"
    head = self.w[name]
    if rows.size(0) > 0:
      head = head[self.here(rows)]
    return torch.linear(x, head).float()

  # x [N, hidden] of B sequences -> [B, hidden]: the last token of each, or the mean of all its tokens
  def pool(self: __torch__.VisionLanguage, x: Tensor, lengths: List[int], mean: bool) -> Tensor:
    rows = torch.split(x, lengths, 0)
    if mean:
      return torch.stack([row.float().mean([0]) for row in rows])
    return torch.stack([row[-1] for row in rows])

  # A memory of keys and values with room for so many tokens (decoder.py), which begins with the `seen` tokens of another.
  def room(self: __torch__.VisionLanguage, tokens: int, before: List[Tensor], seen: int) -> Tensor:
    table = self.w["model.embed_tokens.weight"]
    memory = torch.empty([self.layers, 2, tokens, self.kv_heads, self.head_dim], dtype=table.dtype, device=table.device)
    if len(before) > 0:
      memory[:, :, :seen].copy_(before[0][:, :, :seen])
    return memory

  # One pass for a batch: the state of each sequence after `layer` [B, hidden] float32 and, unless rows are [], its
  # logits [B, rows] float32. The final norm is applied iff the layer is the last. lengths .. grows: as for Sequences.
  def read(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, lengths: List[int], prefixes: List[int], seen: List[int], memories: List[Tensor], memory_of: List[int], grows: bool, patches: List[Tensor], grids: List[int], runs: List[int], places: Tensor, kept: Tensor, layer: int, mean: bool, rows: List[Tensor]) -> List[Tensor]:
    features = annotate(List[Tensor], [])
    if len(patches) > 0:
      features = self.features(self.look(patches[0], grids, runs, False), kept)
    x = self.embed(ids, features, places)
    sequences = __torch__.Sequences(lengths, seen, prefixes, memories, memory_of, grows, x)
    top = layer
    if len(rows) > 0:
      top = self.layers
    ends = top > 0 and (layer < top or not mean)
    if ends:
      sequences.last = top - 1
    states = self.decode(x, positions, sequences, features, places, [layer, top])
    last = states[-1]
    if top == self.layers:
      last = self.finish(last)
    state = last
    if layer < top:
      state = states[0]
    if layer < top or not ends:
      state = self.pool(state, lengths, mean)
    results = [state.float().cpu()]
    if len(rows) > 0:
      if not ends:
        last = self.pool(last, lengths, False)
      results.append(self.logits(last, rows[0]).cpu())
    return results

  # The states of all tokens after the last layer and the final norm, float32 [N, hidden]; as read without memories.
  def states(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, lengths: List[int], prefixes: List[int], patches: List[Tensor], grids: List[int], runs: List[int], places: Tensor, kept: Tensor) -> List[Tensor]:
    features = annotate(List[Tensor], [])
    if len(patches) > 0:
      features = self.features(self.look(patches[0], grids, runs, False), kept)
    x = self.embed(ids, features, places)
    none = [0 for n in lengths]
    sequences = __torch__.Sequences(lengths, none, prefixes, annotate(List[Tensor], []), [-1 for n in lengths], False, x)
    last = self.decode(x, positions, sequences, features, places, [self.layers])[0]
    return [self.finish(last).float().cpu()]

  # Everything for one sequence, float32: what `see` gives (absent without patches), hidden states 0 .. layers, the
  # last one after the final norm, logits of the last token, what each layer reads.
  def trace(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, prefix: int, patches: List[Tensor], grids: List[int], runs: List[int], places: Tensor, kept: Tensor) -> List[Tensor]:
    seen = annotate(List[Tensor], [])
    features = annotate(List[Tensor], [])
    if len(patches) > 0:
      seen = self.look(patches[0], grids, runs, True)
      features = self.features(seen, kept)
    x = self.embed(ids, features, places)
    sequences = __torch__.Sequences([ids.size(0)], [0], [prefix], annotate(List[Tensor], []), [-1], False, x)
    wanted = list(range(self.layers + 1))
    wanted.extend([-1 - i for i in range(self.layers)])
    # after the embeddings, in turn what a layer reads and what it gives
    passed = self.decode(x, positions, sequences, features, places, wanted)
    last = self.finish(passed[-1])
    seen.extend(passed[::2])
    seen.append(last)
    seen.append(self.logits(last[-1], torch.empty([0], dtype=4)))
    seen.extend(passed[1::2])
    return [s.float().cpu() for s in seen]
