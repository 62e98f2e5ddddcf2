# In the place of a vision tower, for decoders that read text alone.

def see(w: Dict[str, Tensor], patches: Tensor, grids: List[int], runs: List[int], layers: int, heads: int, more: List[int], every: bool) -> List[Tensor]:
  assert False, "this model has no vision tower"
  return [patches]
