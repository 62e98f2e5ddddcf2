# What training makes small. Rows of queries [N, D] and targets [N, D] belong together; vectors have any length and are
# brought to norm 1 here. Every method gives a tensor of one number unless it says otherwise, and all of them can be
# derived. Called outside inference mode: numbers come as tensors.

# x [..., D] at norm 1; a zero vector stays zero.
def unit(x: Tensor) -> Tensor:
  return x / torch.clamp_min(torch.norm(x, 2, [-1], True), 1e-12)

# Cosines of all queries with all targets: [N, D], [M, D] -> [N, M]
def cosines(queries: Tensor, targets: Tensor) -> Tensor:
  return torch.matmul(__torch__.unit(queries), __torch__.unit(targets).t())

# Cosines of each query with its own candidates: [N, D], [N, K, D] -> [N, K]
def own_cosines(queries: Tensor, candidates: Tensor) -> Tensor:
  return torch.matmul(__torch__.unit(candidates), __torch__.unit(queries).unsqueeze(-1)).squeeze(-1)

# Mean cross entropy of rows whose right column has their own number: scores [N, at least N]
def own_column(scores: Tensor) -> Tensor:
  return torch.neg(torch.diagonal(torch.log_softmax(scores, 1)).mean())

# The dual softmax (Cheng et al. 2021): each column's softmax over its queries, a prior for the rows.
def dual_prior(s: Tensor, temperature: Tensor) -> Tensor:
  return torch.softmax(s * temperature, 0)

# Cosines [N, N] weighed by their prior; factor: 1 in the paper, N in its published code.
def dual_revised(s: Tensor, temperature: Tensor, factor: Tensor) -> Tensor:
  return s * __torch__.dual_prior(s, temperature) * factor

class Losses(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def __getstate__(self: __torch__.Losses) -> int:
    return 0
  def __setstate__(self: __torch__.Losses, state: int) -> NoneType:
    self.training = True
    return None

  # InfoNCE with in-batch negatives (van den Oord et al. 2018): a query finds its target among all targets.
  def info_nce(self: __torch__.Losses, queries: Tensor, targets: Tensor, tau: Tensor) -> Tensor:
    return __torch__.own_column(__torch__.cosines(queries, targets) / tau)

  # InfoNCE both ways (Radford et al. 2021): targets find their queries as well; the mean of the two.
  def info_nce_symmetric(self: __torch__.Losses, queries: Tensor, targets: Tensor, tau: Tensor) -> Tensor:
    s = __torch__.cosines(queries, targets) / tau
    return (__torch__.own_column(s) + __torch__.own_column(s.t())) / 2.0

  # InfoNCE with hard negatives of each query beside the in-batch ones: negatives [N, K, D]
  def info_nce_hard(self: __torch__.Losses, queries: Tensor, targets: Tensor, negatives: Tensor, tau: Tensor) -> Tensor:
    s = torch.cat([__torch__.cosines(queries, targets), __torch__.own_cosines(queries, negatives)], 1)
    return __torch__.own_column(s / tau)

  # rows [N * K, D] that belong to others [N, D] -> [N, K, D]
  def grouped(self: __torch__.Losses, rows: Tensor, owners: Tensor) -> Tensor:
    return rows.view([owners.size(0), -1, rows.size(1)])

  # Temporal localisation (ViLL-E, appendix B): the right window against wrong windows of the same video alone.
  def localization(self: __torch__.Losses, queries: Tensor, targets: Tensor, negatives: Tensor, tau: Tensor) -> Tensor:
    own = torch.cat([targets.unsqueeze(1), negatives], 1)
    s = __torch__.own_cosines(queries, own) / tau
    return torch.neg(torch.log_softmax(s, 1).select(1, 0).mean())

  # The dual-softmax loss (VidVec, section 3.5), from queries to targets: scale sharpens the rows' softmax.
  def dual_softmax(self: __torch__.Losses, queries: Tensor, targets: Tensor, temperature: Tensor, scale: Tensor, factor: Tensor) -> Tensor:
    s = __torch__.cosines(queries, targets)
    return __torch__.own_column(__torch__.dual_revised(s, temperature, factor) * scale)

  # The same both ways: the mean of the two.
  def dual_softmax_symmetric(self: __torch__.Losses, queries: Tensor, targets: Tensor, temperature: Tensor, scale: Tensor, factor: Tensor) -> Tensor:
    forward = self.dual_softmax(queries, targets, temperature, scale, factor)
    return (forward + self.dual_softmax(targets, queries, temperature, scale, factor)) / 2.0

  # What the dual-softmax loss is made of: cosines, prior and revised cosines [N, N].
  def dual_softmax_parts(self: __torch__.Losses, queries: Tensor, targets: Tensor, temperature: Tensor, factor: Tensor) -> List[Tensor]:
    s = __torch__.cosines(queries, targets)
    return [s, __torch__.dual_prior(s, temperature), __torch__.dual_revised(s, temperature, factor)]

  # Cross entropy of tokens: logits [M, V], tokens [M]; the mean over those that are not negative.
  def next_token(self: __torch__.Losses, logits: Tensor, tokens: Tensor) -> Tensor:
    chosen = torch.gather(torch.log_softmax(logits, 1), 1, tokens.clamp_min(0).unsqueeze(1)).squeeze(1)
    counted = (tokens >= 0).to(logits.dtype)
    return torch.neg((chosen * counted).sum()) / counted.sum()

  # Binary cross entropy of "does it match?": logits [N, 2] of Yes and No, labels [N]: 1 where it does, else 0
  def match(self: __torch__.Losses, logits: Tensor, labels: Tensor) -> Tensor:
    right = torch.gather(torch.log_softmax(logits, 1), 1, (1 - labels).unsqueeze(1))
    return torch.neg(right.mean())

  # Losses of one number each, times their weights [n], together.
  def weighted_sum(self: __torch__.Losses, losses: List[Tensor], weights: Tensor) -> Tensor:
    return (torch.stack([loss.sum() for loss in losses]) * weights).sum()
