# What Muon does to a matrix.

# One of nearly the same directions [rows, columns] whose singular values are all near 1: five Newton-Schulz steps.
def orthogonal(g: Tensor) -> Tensor:
  tall = g.size(0) > g.size(1)
  x = g.t() if tall else g
  x = x / torch.clamp(torch.norm(x), min=1e-7)
  for i in range(5):
    a = torch.mm(x, x.t())
    x = torch.addmm(torch.mul(x, 3.4445), torch.addmm(torch.mul(a, -4.775), a, a, beta=1, alpha=2.0315), x, beta=1, alpha=1)
  return x.t() if tall else x

