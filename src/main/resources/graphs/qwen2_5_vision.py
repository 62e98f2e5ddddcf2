# The vision tower of Qwen2.5-VL (Bai et al. 2025, section 2.1.1): that of Qwen2-VL with RMS norms, SwiGLU, and
# attention inside windows of window x window tokens in all layers but a few. Patches are put into the order of the
# windows for the whole tower.

# The window of each token of a frame, counted in reading order: [h * w] int64, h and w in tokens
def window_numbers(h: int, w: int, window: int, device: Device) -> Tensor:
  rows = torch.arange(h, dtype=4, device=device)[:, None].expand([h, w]).flatten()
  columns = torch.arange(w, dtype=4, device=device)[None].expand([h, w]).flatten()
  across = (w + window - 1) // window
  return torch.floor_divide(rows, window) * across + torch.floor_divide(columns, window)

# Tokens in the order of windows: grids as in vision.py -> [M] int64
def window_order(grids: List[int], window: int, device: Device) -> Tensor:
  orders = annotate(List[Tensor], [])
  begin = 0
  for i in range(len(grids) // 4):
    h = grids[4 * i + 1] // grids[4 * i + 3]
    w = grids[4 * i + 2] // grids[4 * i + 3]
    order = torch.argsort(__torch__.window_numbers(h, w, window, device), stable=True, dim=0)
    for t in range(grids[4 * i]):
      orders.append(order + begin)
      begin = begin + h * w
  return torch.cat(orders, 0)

# The windows as runs of patches, flat (count, length): see attention_in_runs
def window_runs(grids: List[int], window: int) -> List[int]:
  runs = annotate(List[int], [])
  for i in range(len(grids) // 4):
    merge = grids[4 * i + 3]
    numbers = __torch__.window_numbers(grids[4 * i + 1] // merge, grids[4 * i + 2] // merge, window, torch.device("cpu"))
    sizes = annotate(List[int], torch.bincount(numbers).tolist())
    for t in range(grids[4 * i]):
      for size in sizes:
        length = size * merge * merge
        if len(runs) > 0 and runs[-1] == length:
          runs[-2] = runs[-2] + 1
        else:
          runs.extend([1, length])
  return runs

# x [N, embed] -> [N, embed]; at: "visual.blocks.0."
def vision_layer(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, runs: List[int], heads: int) -> Tensor:
  x = x + __torch__.vision_attention(w, at + "attn.", __torch__.rms_norm(w, at + "norm1", x, 1e-06), cos, sin, runs, heads)
  return x + __torch__.decoder_mlp(w, at + "mlp.", __torch__.rms_norm(w, at + "norm2", x, 1e-06))

# x [N, embed] -> [N / unit, hidden]
def vision_merger(w: Dict[str, Tensor], x: Tensor, unit: int) -> Tensor:
  h = __torch__.rms_norm(w, "visual.merger.ln_q", x, 1e-06).view([-1, unit * x.size(1)])
  h = torch.gelu(__torch__.linear(w, "visual.merger.mlp.0", h))
  return __torch__.linear(w, "visual.merger.mlp.2", h)

# patches [N, width] float32; grids and runs as in vision.py, one merge size for all; more: the window's side in
# tokens, then the layers that see whole frames. Gives the patch embedding (as the patches came) and the output of
# each layer [N, embed] and the merged tokens [M, hidden] in the order of windows, then the merged tokens as they
# came; without `every` the last only.
def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  x = __torch__.patch_embedding(w, "visual.patch_embed.proj", patches)
  states = annotate(List[Tensor], [])
  if every:
    states.append(x)
  unit = grids[3] * grids[3]
  order = __torch__.window_order(grids, more[0], x.device)
  x = x.view([-1, unit, x.size(1)])[order].flatten(0, 1)
  places = __torch__.patch_places(grids, x.device).view([-1, unit, 2])[order].flatten(0, 1)
  cos, sin = __torch__.vision_rope(places, x.size(1) // heads, 10000.)
  windows = __torch__.window_runs(grids, more[0])
  for i in range(layers):
    seen = windows
    if i in more[1:]:
      seen = runs
    x = __torch__.vision_layer(w, "visual.blocks." + str(i) + ".", x, cos, sin, seen, heads)
    if every:
      states.append(x)
  merged = __torch__.vision_merger(w, x, unit)
  if every:
    states.append(merged)
  states.append(torch.empty_like(merged).index_copy(0, order, merged))
  return states
