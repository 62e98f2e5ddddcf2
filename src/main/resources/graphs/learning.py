# More methods of the class VisionLanguage, for training: this block stands right behind vision_language.py. They are
# called outside inference mode, where numbers and their lists come as tensors; patches are empty where there are none.

  # Puts a weight that is to be learnt, or a constant, and gives what is now used.
  def put_parameter(self: __torch__.VisionLanguage, name: str, value: Tensor, learnt: Tensor) -> Tensor:
    self.w[name] = self.here(value.detach().clone()).requires_grad_(bool(learnt))
    return self.w[name]
  def weight(self: __torch__.VisionLanguage, name: str) -> Tensor:
    return self.w[name].float()

  # The states of all tokens after `layer` [N, hidden], by the same way as `read`, the final norm applied iff it is the last.
  # branches [N]: the branch of each token, 0 for what all branches of its sequence go on from; empty if there are none.
  def learn(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, lengths: Tensor, prefixes: Tensor, patches: Tensor, grids: Tensor, runs: Tensor, places: Tensor, kept: Tensor, branches: Tensor, layer: Tensor) -> Tensor:
    features = annotate(List[Tensor], [])
    if patches.size(0) > 0:
      features = self.features(self.look(patches, annotate(List[int], grids.tolist()), annotate(List[int], runs.tolist()), False), kept)
    x = self.embed(ids, features, places)
    n = annotate(List[int], lengths.tolist())
    sequences = __torch__.Sequences(n, [0 for i in n], annotate(List[int], prefixes.tolist()), annotate(List[Tensor], []), [-1 for i in n], False, x)
    if branches.size(0) > 0:
      sequences.masks = [__torch__.branch_mask(b, x) for b in torch.split(self.here(branches), n, 0)]
    state = self.decode(x, positions, sequences, features, places, [int(layer)])[0]
    if int(layer) == self.layers:
      state = self.finish(state)
    return state
  # states [N, hidden] -> [B, hidden] float32, as pool
  def learn_pool(self: __torch__.VisionLanguage, states: Tensor, lengths: Tensor, mean: Tensor) -> Tensor:
    return self.pool(states, annotate(List[int], lengths.tolist()), bool(mean)).float()
  # states [N, hidden] after the final norm, tokens [M] -> logits [M, rows] float32
  def learn_logits(self: __torch__.VisionLanguage, states: Tensor, tokens: Tensor, rows: Tensor) -> Tensor:
    return self.logits(states.index_select(0, self.here(tokens)), rows)
