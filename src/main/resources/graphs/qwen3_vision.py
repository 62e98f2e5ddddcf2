# The vision tower of Qwen3-VL (Bai et al. 2025, section 2): that of Qwen2-VL with learned position embeddings,
# interpolated to the picture's grid, a GELU and more mergers: what some layers give goes to the first decoder
# layers (DeepStack, Meng et al. 2024).

# The table [side * side, embed] stretched over each picture: grids as in vision.py -> [N, embed]
def stretched_positions(table: Tensor, grids: List[int]) -> Tensor:
  side = int(round(float(table.size(0)) ** 0.5))
  pictures = annotate(List[Tensor], [])
  for i in range(len(grids) // 4):
    h = grids[4 * i + 1]
    w = grids[4 * i + 2]
    merge = grids[4 * i + 3]
    y = torch.linspace(0, side - 1, h, device=table.device)
    x = torch.linspace(0, side - 1, w, device=table.device)
    top = y.to(4)
    left = x.to(4)
    bottom = (top + 1).clamp(max=side - 1)
    right = (left + 1).clamp(max=side - 1)
    dy = (y - top)[:, None]
    dx = (x - left)[None, :]
    p = __torch__.corner(table, side, top, left, (1 - dy) * (1 - dx))
    p = p + __torch__.corner(table, side, top, right, (1 - dy) * dx)
    p = p + __torch__.corner(table, side, bottom, left, dy * (1 - dx))
    p = p + __torch__.corner(table, side, bottom, right, dy * dx)
    blocks = p.view([h // merge, merge, w // merge, merge, -1]).permute([0, 2, 1, 3, 4])
    pictures.append(blocks.flatten(0, 3).repeat([grids[4 * i], 1]))
  return torch.cat(pictures, 0)

# One corner of each patch's cell, weighted: rows [h], columns [w], weights [h, w] -> [h, w, embed]
def corner(table: Tensor, side: int, rows: Tensor, columns: Tensor, weights: Tensor) -> Tensor:
  return table[rows[:, None] * side + columns[None, :]] * weights.to(table.dtype).unsqueeze(-1)

# x [N, embed] -> [N, embed]; at: "visual.blocks.0."
def vision_layer(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, runs: List[int], heads: int) -> Tensor:
  x = x + __torch__.vision_attention(w, at + "attn.", __torch__.layer_norm(w, at + "norm1", x, 1e-06), cos, sin, runs, heads)
  h = torch.gelu(__torch__.linear(w, at + "mlp.linear_fc1", __torch__.layer_norm(w, at + "norm2", x, 1e-06)), approximate="tanh")
  return x + __torch__.linear(w, at + "mlp.linear_fc2", h)

# x [N, embed] -> [N / merge^2, hidden]; the norm is over patches, or over merged ones
def vision_merger(w: Dict[str, Tensor], at: str, x: Tensor, merge: int, merged_norm: bool) -> Tensor:
  shape = [-1, merge * merge * x.size(1)]
  if merged_norm:
    x = x.view(shape)
  h = __torch__.layer_norm(w, at + "norm", x, 1e-06).view(shape)
  h = torch.gelu(__torch__.linear(w, at + "linear_fc1", h))
  return __torch__.linear(w, at + "linear_fc2", h)

# patches [N, width] float32; grids and runs as in vision.py, one merge size for all; more: after which layers
# features for the decoder's layers are taken. Gives the patch embedding without positions and the output of each
# layer [N, embed], these features, then the merged tokens, all [M, hidden]; without `every` no embedding and no layers.
def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  x = __torch__.patch_embedding(w, "visual.patch_embed.proj", patches)
  cos, sin = __torch__.vision_rope(__torch__.patch_places(grids, x.device), x.size(1) // heads, 10000.)
  states = annotate(List[Tensor], [])
  deepstack = annotate(List[Tensor], [])
  if every:
    states.append(x)
  x = x + __torch__.stretched_positions(w["visual.pos_embed.weight"], grids)
  for i in range(layers):
    x = __torch__.vision_layer(w, "visual.blocks." + str(i) + ".", x, cos, sin, runs, heads)
    if every:
      states.append(x)
    if i in more:
      at = "visual.deepstack_merger_list." + str(len(deepstack)) + "."
      deepstack.append(__torch__.vision_merger(w, at, x, grids[3], True))
  states.extend(deepstack)
  states.append(__torch__.vision_merger(w, "visual.merger.", x, grids[3], False))
  return states
