# Products with matrices that are nothing but that: how fast this machine multiplies.

class Products(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  w : Dict[str, Tensor]
  q : Tensor
  x : Tensor

  def __getstate__(self: __torch__.Products) -> int:
    return 0
  def __setstate__(self: __torch__.Products, state: int) -> NoneType:
    self.training = False
    self.w = annotate(Dict[str, Tensor], {})
    self.q = torch.zeros([0])
    self.x = torch.zeros([0])
    return None

  # x [tokens, in] in a dtype and `copies` matrices [out, in]; form as in weights.py
  def prepare(self: __torch__.Products, tokens: int, inputs: int, outputs: int, dtype: int, form: int, copies: int) -> int:
    self.w.clear()
    # numbers like a network's: with equal ones a CPU takes less power and runs faster
    self.x = torch.randn([tokens, inputs], dtype=6).to(dtype)
    if form == 1:
      self.x = self.x.to(5)
    self.q = torch.full([tokens, inputs], 200, dtype=0)
    for i in range(copies):
      name = str(i) + ".weight"
      self.w[name] = torch.randn([outputs, inputs], dtype=6).mul_(0.02).to(dtype)
      if form > 0:
        __torch__.pack_weight(self.w, name, torch.tensor(form))
    return 0

  # So many products behind each other in one call, as in a network: a call costs more than a small product.
  def multiply(self: __torch__.Products, runs: int, copies: int, int8: bool) -> int:
    rows = 0
    for i in range(runs):
      name = str(i % copies) + ".weight"
      weight = self.w[name]
      if int8:
        scale = self.w[name + "_scale"]
        zeros = torch.zeros([scale.size(0)], dtype=4)
        y = ops.onednn.qlinear_pointwise(self.q, 1., 128, weight, scale, zeros, None, 1., 0, 6, "none", annotate(List[Optional[number]], []), "none")
      else:
        y = torch.linear(self.x, weight)
      rows = rows + y.size(0)
    return rows

  # A product of the largest int8 numbers: right only where the CPU adds them up without saturating.
  def saturates(self: __torch__.Products) -> int:
    w = {"a.weight": torch.full([64, 256], 1., dtype=6)}
    __torch__.pack_weight(w, "a.weight", torch.tensor(2))
    zeros = torch.zeros([64], dtype=4)
    q = torch.full([4, 256], 255, dtype=0)
    y = ops.onednn.qlinear_pointwise(q, 1., 128, w["a.weight"], w["a.weight_scale"], zeros, None, 1., 0, 6, "none", annotate(List[Optional[number]], []), "none")
    return int(bool((torch.abs(y - 127. * 256.) > 1.).any()))
