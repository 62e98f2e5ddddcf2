# The vision tower of SigLIP (Zhai et al. 2023): learnt positions, attention inside each frame, a norm at the end;
# and PaliGemma's projector, one linear layer. N: patches of all frames of a call together, frame after frame.

# patches [N, width] float32 -> patch and position embedding, the output of each layer and the normed last one
# [N, embed], then the projected tokens [N, hidden]; without `every` the last only.
def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  x = __torch__.patch_embedding(w, "vision_tower.embeddings.patch_embedding", patches)
  places = w["vision_tower.embeddings.position_embedding.weight"]
  x = (x.view([-1, places.size(0), places.size(1)]) + places).flatten(0, 1)
  states = annotate(List[Tensor], [])
  if every:
    states.append(x)
  for i in range(layers):
    x = __torch__.siglip_layer(w, "vision_tower.encoder.layers." + str(i) + ".", x, annotate(List[Tensor], []), runs, heads)
    if every:
      states.append(x)
  x = __torch__.layer_norm(w, "vision_tower.post_layernorm", x, 1e-06)
  if every:
    states.append(x)
  states.append(__torch__.linear(w, "multi_modal_projector.linear", x))
  return states
