# More methods of the class VisionLanguage, for training: this block stands right behind vision_language.py. They are
# called outside inference mode, where numbers and their lists come as tensors; patches are empty where there are none.

  # Puts a weight that is to be learnt, or a constant, in a dtype, and gives what is now used.
  def put_parameter(self: __torch__.VisionLanguage, name: str, value: Tensor, dtype: Tensor, learnt: Tensor) -> Tensor:
    self.w[name] = self.here(value.detach().clone()).to(int(dtype)).requires_grad_(bool(learnt))
    return self.w[name]
  def weight(self: __torch__.VisionLanguage, name: str) -> Tensor:
    return self.w[name].float()

  # What the first decoder layer reads [N, hidden], and what is added to the outputs of the first layers [M, hidden] each.
  def learn_start(self: __torch__.VisionLanguage, ids: Tensor, patches: Tensor, grids: Tensor, runs: Tensor, places: Tensor, kept: Tensor) -> List[Tensor]:
    features = annotate(List[Tensor], [])
    if patches.size(0) > 0:
      features = self.features(self.look(patches, annotate(List[int], grids.tolist()), annotate(List[int], runs.tolist()), False), kept)
    start = [self.embed(ids, features, places)]
    start.extend(features[1:])
    return start
  # All sequences in one attention where none has a prefix and little would be filled up. branches [N]: the branch of each
  # token, 0 for what all branches of its sequence go on from; empty if there are none.
  def learn_sequences(self: __torch__.VisionLanguage, lengths: Tensor, prefixes: Tensor, branches: Tensor, like: Tensor) -> __torch__.Sequences:
    n = annotate(List[int], lengths.tolist())
    sequences = __torch__.Sequences(n, [0 for i in n], annotate(List[int], prefixes.tolist()), annotate(List[Tensor], []), [-1 for i in n], False, like)
    sequences.together = int(prefixes.max()) == 0 and max(n) * len(n) <= 2 * like.size(0)
    if branches.size(0) > 0:
      rows = torch.split(self.here(branches), n, 0)
      if sequences.together:
        sequences.joint_mask = __torch__.joint_branch_mask(rows, like)
      else:
        sequences.masks = [__torch__.branch_mask(row, like) for row in rows]
    return sequences
  # x [N, hidden] after the decoder's layer with that number, counted from 1; the final norm belongs to the last.
  def learn_end(self: __torch__.VisionLanguage, x: Tensor, layer: Tensor) -> Tensor:
    if int(layer) == self.layers:
      return self.finish(x)
    return x

  # The states of all tokens after each of `layers` [N, hidden], in their order in the network, by the same way as `read`, the
  # final norm applied to the last alone.
  def learn(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, lengths: Tensor, prefixes: Tensor, patches: Tensor, grids: Tensor, runs: Tensor, places: Tensor, kept: Tensor, branches: Tensor, layers: Tensor) -> List[Tensor]:
    features = self.learn_start(ids, patches, grids, runs, places, kept)
    x = features[0]
    wanted = annotate(List[int], layers.tolist())
    states = self.decode(x, positions, self.learn_sequences(lengths, prefixes, branches, x), features, places, wanted)
    if self.layers in wanted:
      states[-1] = self.finish(states[-1])
    return states
  # One decoder layer, counted from 0, for a pass that keeps no more than what each layer reads: x [N, hidden]; more: what
  # is added to its output, or empty.
  def learn_layer(self: __torch__.VisionLanguage, x: Tensor, positions: Tensor, lengths: Tensor, prefixes: Tensor, places: Tensor, branches: Tensor, more: Tensor, layer: Tensor) -> Tensor:
    cos, sin = __torch__.mrope(self.here(positions), self.head_dim, self.theta, self.axes, x.dtype)
    x = __torch__.decoder_layer(self.w, int(layer), x, cos, sin, self.learn_sequences(lengths, prefixes, branches, x), self.head_dim, self.eps)
    if more.size(0) > 0:
      x = x.index_add(0, self.here(places), more)
    return x
  # The same numbers as if they had come from nowhere, to be derived by.
  def learn_leaf(self: __torch__.VisionLanguage, x: Tensor) -> Tensor:
    return x.detach().requires_grad_(True)

  # states [N, hidden] -> [B, hidden] float32, as pool
  def learn_pool(self: __torch__.VisionLanguage, states: Tensor, lengths: Tensor, mean: Tensor) -> Tensor:
    return self.pool(states, annotate(List[int], lengths.tolist()), bool(mean)).float()
  # states [N, hidden] after the final norm, tokens [M] -> logits [M, rows] float32
  def learn_logits(self: __torch__.VisionLanguage, states: Tensor, tokens: Tensor, rows: Tensor) -> Tensor:
    return self.logits(states.index_select(0, self.here(tokens)), rows)
  # states [N, hidden], tokens [M] -> [M, hidden] float32
  def learn_rows(self: __torch__.VisionLanguage, states: Tensor, tokens: Tensor) -> Tensor:
    return states.index_select(0, self.here(tokens)).float()
