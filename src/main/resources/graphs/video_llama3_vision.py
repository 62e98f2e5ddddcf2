# The vision tower of VideoLLaMA3 (section 2.1): SigLIP layers with rotary embedding over rows and columns in place of
# learnt positions, merge x merge patches shrunk to their mean, and a projector of two layers.

# x [N, embed] -> [M, embed]: the mean of each block, by the merge size of each input. To halve a picture bilinearly
# is to take the mean of four; the original knows no larger blocks than 2 x 2.
def block_means(x: Tensor, grids: List[int]) -> Tensor:
  means = annotate(List[Tensor], [])
  begin = 0
  for i in range(len(grids) // 4):
    end = begin + grids[4 * i] * grids[4 * i + 1] * grids[4 * i + 2]
    block = grids[4 * i + 3] * grids[4 * i + 3]
    means.append(x[begin:end].view([-1, block, x.size(1)]).mean([1]))
    begin = end
  return torch.cat(means, 0)

# patches [N, width] float32; grids and runs as in vision.py. Gives the patch embedding and the output of each layer
# [N, embed], then the block means [M, embed] after the last norm, and the tokens [M, hidden]; without `every` the
# last only.
def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  x = __torch__.patch_embedding(w, "vision.embeddings.patch_embedding", patches)
  cos, sin = __torch__.vision_rope(__torch__.patch_places(grids, x.device), x.size(1) // heads, 10000.)
  states = annotate(List[Tensor], [])
  if every:
    states.append(x)
  for i in range(layers):
    x = __torch__.siglip_layer(w, "vision.encoder.layers." + str(i) + ".", x, [cos, sin], runs, heads)
    if every:
      states.append(x)
  x = __torch__.block_means(__torch__.layer_norm(w, "vision.post_layernorm", x, 1e-06), grids)
  if every:
    states.append(x)
  h = torch.gelu(__torch__.linear(w, "projector.readout.0", x))
  states.append(__torch__.linear(w, "projector.readout.2", h))
  return states
