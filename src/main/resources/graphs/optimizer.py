# Gradients of parameters and what is done with them. Parameters are leaves of the network's own weights: a step
# changes them in place, so that the network computes with them at once. Called outside inference mode.

class Optimizer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  parameters : Dict[str, Tensor]
  gradients : Dict[str, Tensor]
  first : Dict[str, Tensor]
  second : Dict[str, Tensor]

  def __getstate__(self: __torch__.Optimizer) -> int:
    return 0
  def __setstate__(self: __torch__.Optimizer, state: int) -> NoneType:
    self.training = True
    self.parameters = annotate(Dict[str, Tensor], {})
    self.gradients = annotate(Dict[str, Tensor], {})
    self.first = annotate(Dict[str, Tensor], {})
    self.second = annotate(Dict[str, Tensor], {})
    return None

  # Takes a parameter in, with moments of zero.
  def track(self: __torch__.Optimizer, name: str, parameter: Tensor) -> Tensor:
    self.parameters[name] = parameter
    for d in [self.first, self.second]:
      d[name] = torch.zeros_like(parameter.detach())
    return parameter

  # Adds the gradients of a loss (one number) to those that are there; a parameter that it does not depend on gets none
  # and is left alone by steps.
  def backward(self: __torch__.Optimizer, loss: Tensor) -> Tensor:
    self.add_gradients(torch.grad([loss], list(self.parameters.values()), None, None, False, True))
    return loss.detach()
  # The same from the gradient of a loss by x, which depends on parameters (GradCache, Gao et al. 2021).
  def backward_from(self: __torch__.Optimizer, x: Tensor, gradient: Tensor) -> Tensor:
    start = annotate(List[Optional[Tensor]], [gradient])
    self.add_gradients(torch.grad([x], list(self.parameters.values()), start, None, False, True))
    return gradient
  def add_gradients(self: __torch__.Optimizer, found: List[Optional[Tensor]]) -> int:
    names = list(self.parameters.keys())
    for i in range(len(names)):
      g = found[i]
      if g is not None:
        if names[i] in self.gradients:
          self.gradients[names[i]].add_(g)
        else:
          self.gradients[names[i]] = g
    return len(names)

  # Gradients [like each of xs] of a loss by what are no parameters.
  def gradients_at(self: __torch__.Optimizer, loss: Tensor, xs: List[Tensor]) -> List[Tensor]:
    gradients = annotate(List[Tensor], [])
    for g in torch.grad([loss], xs):
      assert g is not None
      gradients.append(g)
    return gradients

  def gradient(self: __torch__.Optimizer, name: str) -> Tensor:
    if name in self.gradients:
      return self.gradients[name]
    return torch.zeros_like(self.parameters[name].detach())

  # The Euclidean norm of all gradients together.
  def norm(self: __torch__.Optimizer) -> Tensor:
    squares = torch.zeros([1], dtype=7)
    for g in self.gradients.values():
      squares = squares + g.pow(2).sum().to(7).cpu()
    return torch.sqrt(squares).float()

  def scale(self: __torch__.Optimizer, by: Tensor) -> Tensor:
    for g in self.gradients.values():
      g.mul_(float(by))
    return by

  def zero(self: __torch__.Optimizer) -> Tensor:
    self.gradients.clear()
    return torch.zeros([1], dtype=6)

  # AdamW (Loshchilov and Hutter 2019) as torch.optim has it; step counts from 1, decay is decoupled.
  def adamw(self: __torch__.Optimizer, step: Tensor, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor, decay: Tensor) -> Tensor:
    lr = float(rate)
    b1 = float(beta1)
    b2 = float(beta2)
    size = lr / (1.0 - b1 ** int(step))
    root = (1.0 - b2 ** int(step)) ** 0.5
    for name in self.gradients.keys():
      p = self.parameters[name].detach()
      g = self.gradients[name]
      p.mul_(1.0 - lr * float(decay))
      m = self.first[name].lerp_(g, 1.0 - b1)
      v = self.second[name].mul_(b2).addcmul_(g, g, value=1.0 - b2)
      p.addcdiv_(m, (torch.sqrt(v) / root).add_(float(eps)), value=-size)
    return step

  # Lion (Chen et al. 2023): every number moves by the rate, in the direction of the interpolated momentum.
  def lion(self: __torch__.Optimizer, rate: Tensor, beta1: Tensor, beta2: Tensor, decay: Tensor) -> Tensor:
    lr = float(rate)
    for name in self.gradients.keys():
      p = self.parameters[name].detach()
      g = self.gradients[name]
      m = self.first[name]
      p.mul_(1.0 - lr * float(decay))
      p.add_(torch.sign(torch.lerp(m, g, 1.0 - float(beta1))), alpha=-lr)
      m.lerp_(g, 1.0 - float(beta2))
    return rate

  # The moments of a parameter, as they are now and to be copied into: [first, second]
  def moments(self: __torch__.Optimizer, name: str) -> List[Tensor]:
    return [self.first[name], self.second[name]]
  def set_moments(self: __torch__.Optimizer, name: str, first: Tensor, second: Tensor) -> Tensor:
    self.first[name].copy_(first)
    self.second[name].copy_(second)
    return first
