# The vision tower of Qwen2-VL (section 2.1): vision.py with a merger that makes one token of merge x merge patches.

# x * sigmoid(1.702 x), the quick form of GELU
def quick_gelu(x: Tensor) -> Tensor:
  if x.requires_grad:
    return x * torch.sigmoid(torch.mul(x, 1.702))
  return torch.mul(x, 1.702).sigmoid_().mul_(x)

# x [N, embed] -> [N, embed]; at: "visual.blocks.0."
def vision_layer(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, runs: List[int], heads: int) -> Tensor:
  x = x + __torch__.vision_attention(w, at + "attn.", __torch__.layer_norm(w, at + "norm1", x, 1e-06), cos, sin, runs, heads)
  h = __torch__.quick_gelu(__torch__.linear(w, at + "mlp.fc1", __torch__.layer_norm(w, at + "norm2", x, 1e-06)))
  return x + __torch__.linear(w, at + "mlp.fc2", h)

# x [N, embed] -> [N / merge^2, hidden]
def vision_merger(w: Dict[str, Tensor], at: str, x: Tensor, merge: int) -> Tensor:
  h = __torch__.layer_norm(w, at + "merger.ln_q", x, 1e-06).view([-1, merge * merge * x.size(1)])
  h = torch.gelu(__torch__.linear(w, at + "merger.mlp.0", h))
  return __torch__.linear(w, at + "merger.mlp.2", h)

# patches [N, width] float32; grids and runs as in vision.py, one merge size for all. Gives the patch embedding
# and the output of each layer [N, embed], then the merged tokens [M, hidden]; without `every` the last only.
def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  x = __torch__.patch_embedding(w, "visual.patch_embed.proj", patches)
  cos, sin = __torch__.vision_rope(__torch__.patch_places(grids, x.device), x.size(1) // heads, 10000.)
  states = annotate(List[Tensor], [])
  if every:
    states.append(x)
  for i in range(layers):
    x = __torch__.vision_layer(w, "visual.blocks." + str(i) + ".", x, cos, sin, runs, heads)
    if every:
      states.append(x)
  states.append(__torch__.vision_merger(w, "visual.", x, grids[3]))
  return states
