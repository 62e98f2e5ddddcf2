# One method for each kind of argument and result.

class Toolbox(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def __getstate__(self: __torch__.Toolbox) -> int:
    return 0
  def __setstate__(self: __torch__.Toolbox, state: int) -> NoneType:
    self.training = False
    return None

  def scale(self: __torch__.Toolbox, x: Tensor, by: float, really: bool) -> Tensor:
    if really:
      return x.float() * by
    return x
  def pick(self: __torch__.Toolbox, xs: List[Tensor], which: List[int]) -> List[Tensor]:
    return [xs[i] for i in which]
  def count(self: __torch__.Toolbox, text: str) -> int:
    return len(text)
  def sum(self: __torch__.Toolbox, xs: List[Tensor]) -> int:
    return len(xs)
  def multiply(self: __torch__.Toolbox, a: Tensor, b: Tensor) -> Tensor:
    return torch.matmul(a, b)
  def to_bf16(self: __torch__.Toolbox, x: Tensor) -> Tensor:
    return x.to(15)
