# What vision towers of this kind share: patches as tokens, rotary embedding over rows and columns, attention
# inside each frame. N: patches of all inputs of a call together; within an input merge x merge blocks stand together.

# Row and column of each patch: grids, flat (t, h, w, merge) per input -> [N, 2] int64.
def patch_places(grids: List[int], device: Device) -> Tensor:
  places = annotate(List[Tensor], [])
  for i in range(len(grids) // 4):
    t = grids[4 * i]
    h = grids[4 * i + 1]
    w = grids[4 * i + 2]
    merge = grids[4 * i + 3]
    block = [h // merge, merge, w // merge, merge]
    rows = torch.arange(h, dtype=4, device=device).unsqueeze(1).expand([h, w])
    columns = torch.arange(w, dtype=4, device=device).unsqueeze(0).expand([h, w])
    row = rows.reshape(block).permute([0, 2, 1, 3]).flatten()
    column = columns.reshape(block).permute([0, 2, 1, 3]).flatten()
    places.append(torch.stack([row, column], -1).repeat([t, 1]))
  return torch.cat(places, 0)

# places [N, 2] -> cos, sin [N, 1, head_dim] float32: a quarter of the dimensions turns with the row, a
# quarter with the column, and the same again for the other half of each pair.
def vision_rope(places: Tensor, head_dim: int, theta: float) -> Tuple[Tensor, Tensor]:
  frequencies = __torch__.rotary_frequencies(head_dim // 2, theta, places.device)
  angles = (places.unsqueeze(-1).float() * frequencies).flatten(1)
  angle = torch.cat([angles, angles], -1).unsqueeze(1)
  return (angle.cos(), angle.sin())

# q, k, v [N, heads, head_dim] -> [N, heads * head_dim]. runs, flat (count, length): so many stretches of so
# many patches follow each other, and a patch looks at its own stretch only (cu_seqlens of the original).
def attention_in_runs(w: Dict[str, Tensor], q: Tensor, k: Tensor, v: Tensor, runs: List[int]) -> Tensor:
  outputs = annotate(List[Tensor], [])
  no_mask = torch.empty([0])
  begin = 0
  H = q.size(1)
  D = q.size(2)
  for i in range(len(runs) // 2):
    count = runs[2 * i]
    length = runs[2 * i + 1]
    end = begin + count * length
    shape = [count, length, H, D]
    qs, ks, vs = [x[begin:end].view(shape).transpose(1, 2) for x in [q, k, v]]
    o = __torch__.attention(w, qs, ks, vs, no_mask, False)
    outputs.append(o.transpose(1, 2).reshape([count * length, H * D]))
    begin = end
  return torch.cat(outputs, 0)

# A convolution whose stride is its size is a product: patches [N, width] float32 -> [N, embed]
def patch_embedding(w: Dict[str, Tensor], name: str, patches: Tensor) -> Tensor:
  kernel = w[name + ".weight"]
  return torch.linear(patches.to(kernel.dtype), kernel.flatten(1), w.get(name + ".bias"))

# Queries, keys and values of one product: x [N, embed] -> [N, embed]; the rotation is in float32 as in the original.
def vision_attention(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, runs: List[int], heads: int) -> Tensor:
  N = x.size(0)
  q, k, v = torch.unbind(__torch__.linear(w, at + "qkv", x).view([N, 3, heads, -1]), 1)
  q = __torch__.rotate(q.float(), cos, sin).to(x.dtype)
  k = __torch__.rotate(k.float(), cos, sin).to(x.dtype)
  return __torch__.linear(w, at + "proj", __torch__.attention_in_runs(w, q, k, v, runs))

# A layer of SigLIP (Zhai et al. 2023), x [N, embed] -> [N, embed]; at: "encoder.layers.0.". rotation: cos and sin as
# vision_rope gives them, in float32 as in the original, or nothing.
def siglip_layer(w: Dict[str, Tensor], at: str, x: Tensor, rotation: List[Tensor], runs: List[int], heads: int) -> Tensor:
  h = __torch__.layer_norm(w, at + "layer_norm1", x, 1e-06)
  x = x + __torch__.siglip_attention(w, at + "self_attn.", h, rotation, runs, heads)
  h = __torch__.gelu_tanh(__torch__.linear(w, at + "mlp.fc1", __torch__.layer_norm(w, at + "layer_norm2", x, 1e-06)))
  return x + __torch__.linear(w, at + "mlp.fc2", h)

def siglip_attention(w: Dict[str, Tensor], at: str, x: Tensor, rotation: List[Tensor], runs: List[int], heads: int) -> Tensor:
  shape = [x.size(0), heads, -1]
  q = __torch__.linear(w, at + "q_proj", x).view(shape)
  k = __torch__.linear(w, at + "k_proj", x).view(shape)
  v = __torch__.linear(w, at + "v_proj", x).view(shape)
  if len(rotation) == 2:
    q = __torch__.rotate(q.float(), rotation[0], rotation[1]).to(x.dtype)
    k = __torch__.rotate(k.float(), rotation[0], rotation[1]).to(x.dtype)
  return __torch__.linear(w, at + "out_proj", __torch__.attention_in_runs(w, q, k, v, runs))
