# One more method of the class VisionLanguage, for the layer-wise sweep (VidVec section 4): this block stands right behind
# learning.py.

  # As `read` without memories and rows, for every layer in one pass: states [layers, B, hidden] float32, the last one
  # after the final norm.
  def sweep(self: __torch__.VisionLanguage, ids: Tensor, positions: Tensor, lengths: List[int], prefixes: List[int], patches: List[Tensor], grids: List[int], runs: List[int], places: Tensor, kept: Tensor, mean: bool) -> List[Tensor]:
    features = annotate(List[Tensor], [])
    if len(patches) > 0:
      features = self.features(self.look(patches[0], grids, runs, False), kept)
    x = self.embed(ids, features, places)
    none = [0 for n in lengths]
    sequences = __torch__.Sequences(lengths, none, prefixes, annotate(List[Tensor], []), [-1 for n in lengths], False, x)
    states = self.decode(x, positions, sequences, features, places, list(range(1, self.layers + 1)))
    states[-1] = self.finish(states[-1])
    return [torch.stack([self.pool(state, lengths, mean).float() for state in states]).cpu()]
