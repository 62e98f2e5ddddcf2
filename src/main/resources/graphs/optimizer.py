# Gradients of parameters and what is done with them. Parameters are leaves of the network's own weights: a step
# changes them in place, so that the network computes with them at once. Called outside inference mode.

class Optimizer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  parameters : Dict[str, Tensor]
  masters : Dict[str, Tensor]
  decays : Dict[str, bool]
  gradients : Dict[str, Tensor]
  first : Dict[str, Tensor]
  second : Dict[str, Tensor]

  def __getstate__(self: __torch__.Optimizer) -> int:
    return 0
  def __setstate__(self: __torch__.Optimizer, state: int) -> NoneType:
    self.training = True
    self.parameters = annotate(Dict[str, Tensor], {})
    self.masters = annotate(Dict[str, Tensor], {})
    self.decays = annotate(Dict[str, bool], {})
    self.gradients = annotate(Dict[str, Tensor], {})
    self.first = annotate(Dict[str, Tensor], {})
    self.second = annotate(Dict[str, Tensor], {})
    return None

  # Takes a parameter in, with moments of zero. master: its values in float32, which steps change; the parameter itself
  # where it is float32, else it follows, rounded. decays: whether weight decay is for it.
  def track(self: __torch__.Optimizer, name: str, parameter: Tensor, master: Tensor, decays: Tensor) -> Tensor:
    self.parameters[name] = parameter
    self.decays[name] = bool(decays)
    self.masters[name] = master.detach()
    for d in [self.first, self.second]:
      d[name] = torch.zeros_like(master.detach())
    return parameter

  # Adds the gradients of a loss (one number) to those that are there; a parameter that it does not depend on gets none
  # and is left alone by steps.
  def backward(self: __torch__.Optimizer, loss: Tensor) -> Tensor:
    self.add_gradients(torch.grad([loss], list(self.parameters.values()), None, None, False, True))
    return loss.detach()
  # The same gradients, added to nothing: one for each parameter, empty where the loss does not depend on it.
  def derive(self: __torch__.Optimizer, loss: Tensor) -> List[Tensor]:
    gradients = annotate(List[Tensor], [])
    for g in torch.grad([loss], list(self.parameters.values()), None, None, False, True):
      if g is None:
        gradients.append(torch.zeros([0], dtype=6))
      else:
        gradients.append(g)
    return gradients
  # Adds what derive gave to what is there.
  def add_derived(self: __torch__.Optimizer, derived: List[Tensor]) -> Tensor:
    found = annotate(List[Optional[Tensor]], [])
    for g in derived:
      if g.numel() > 0:
        found.append(g)
      else:
        found.append(None)
    self.add_gradients(found)
    return torch.zeros([1], dtype=6)
  # The same from the gradients of a loss by xs, which depend on parameters (GradCache, Gao et al. 2021).
  def backward_from(self: __torch__.Optimizer, xs: List[Tensor], gradients: List[Tensor]) -> Tensor:
    self.backward_through(xs, gradients, annotate(List[Tensor], []))
    return gradients[0]
  # The same on to what else they depend on: gives the gradients by that, zeros where there is none.
  def backward_through(self: __torch__.Optimizer, xs: List[Tensor], gradients: List[Tensor], at: List[Tensor]) -> List[Tensor]:
    learnt = annotate(List[Tensor], [])
    starts = annotate(List[Optional[Tensor]], [])
    for i in range(len(xs)):
      if xs[i].requires_grad:
        learnt.append(xs[i])
        starts.append(gradients[i])
    if len(learnt) == 0:
      return [torch.zeros_like(x) for x in at]
    inputs = list(self.parameters.values())
    inputs.extend(at)
    found = torch.grad(learnt, inputs, starts, None, False, True)
    count = len(self.parameters)
    self.add_gradients(found[:count])
    results = annotate(List[Tensor], [])
    for i in range(len(at)):
      g = found[count + i]
      if g is None:
        results.append(torch.zeros_like(at[i]))
      else:
        results.append(g)
    return results
  def add_gradients(self: __torch__.Optimizer, found: List[Optional[Tensor]]) -> int:
    names = list(self.parameters.keys())
    for i in range(len(names)):
      g = found[i]
      if g is not None:
        if names[i] in self.gradients:
          self.gradients[names[i]].add_(g)
        else:
          self.gradients[names[i]] = g.float().contiguous()
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
    return torch.zeros_like(self.masters[name])

  # The Euclidean norm of all gradients together.
  def norm(self: __torch__.Optimizer) -> Tensor:
    squares = torch.zeros([1], dtype=7)
    for g in self.gradients.values():
      squares = squares + torch.norm(g).to(7).cpu().pow(2)
    return torch.sqrt(squares).float()

  def scale(self: __torch__.Optimizer, by: Tensor) -> Tensor:
    for g in self.gradients.values():
      g.mul_(float(by))
    return by

  def zero(self: __torch__.Optimizer) -> Tensor:
    self.gradients.clear()
    return torch.zeros([1], dtype=6)

  # AdamW (Loshchilov and Hutter 2019) as torch.optim has it; step counts from 1, decay is decoupled. One pass over the
  # memory of all parameters.
  def adamw(self: __torch__.Optimizer, step: Tensor, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor, decay: Tensor) -> Tensor:
    self.adamw_of(list(self.gradients.keys()), step, rate, beta1, beta2, eps, decay)
    self.follow()
    return step
  def adamw_of(self: __torch__.Optimizer, of: List[str], step: Tensor, rate: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor, decay: Tensor) -> int:
    for decayed in [True, False]:
      names = annotate(List[str], [])
      for name in of:
        if self.decays[name] == decayed:
          names.append(name)
      if len(names) > 0:
        p, g, m, v = [[d[name] for name in names] for d in [self.masters, self.gradients, self.first, self.second]]
        steps = [step.float() for name in names]
        own = float(decay) if decayed else 0.0
        torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=float(rate), beta1=float(beta1), beta2=float(beta2), weight_decay=own, eps=float(eps), amsgrad=False, maximize=False)
    return len(of)

  # Muon (Jordan et al. 2024) for the matrices of layers, AdamW for all else: embeddings, norms, biases, convolutions.
  # A matrix's momentum, looked ahead by one step, is made orthogonal and given the size of a step of AdamW (Liu et al. 2025).
  def muon(self: __torch__.Optimizer, step: Tensor, rate: Tensor, momentum: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor, decay: Tensor) -> Tensor:
    others = annotate(List[str], [])
    for name in self.gradients.keys():
      p = self.masters[name]
      if p.dim() == 2 and name.find("embed_tokens") < 0 and name.find("lm_head") < 0:
        g = self.gradients[name]
        m = self.first[name]
        m.lerp_(g, 1.0 - float(momentum))
        if self.decays[name]:
          p.mul_(1.0 - float(rate) * float(decay))
        longest = p.size(0) if p.size(0) > p.size(1) else p.size(1)
        size = 0.2 * torch.pow(longest, 0.5)
        p.add_(__torch__.orthogonal(torch.lerp(g, m, float(momentum))), alpha=-(float(rate) * size))
      else:
        others.append(name)
    self.adamw_of(others, step, rate, beta1, beta2, eps, decay)
    self.follow()
    return step

  # Lion (Chen et al. 2023): every number moves by the rate, in the direction of the interpolated momentum.
  def lion(self: __torch__.Optimizer, rate: Tensor, beta1: Tensor, beta2: Tensor, decay: Tensor) -> Tensor:
    lr = float(rate)
    for name in self.gradients.keys():
      p = self.masters[name]
      g = self.gradients[name]
      m = self.first[name]
      if self.decays[name]:
        p.mul_(1.0 - lr * float(decay))
      p.add_(torch.sign(torch.lerp(m, g, 1.0 - float(beta1))), alpha=-lr)
      m.lerp_(g, 1.0 - float(beta2))
    self.follow()
    return rate

  # Rounds the masters into parameters of another dtype.
  def follow(self: __torch__.Optimizer) -> int:
    for name in self.gradients.keys():
      p = self.parameters[name].detach()
      if p.dtype != self.masters[name].dtype:
        p.copy_(self.masters[name])
    return 0

  # The moments of a parameter, as they are now and to be copied into: [first, second]
  def moments(self: __torch__.Optimizer, name: str) -> List[Tensor]:
    return [self.first[name], self.second[name]]
  def set_moments(self: __torch__.Optimizer, name: str, first: Tensor, second: Tensor) -> Tensor:
    self.first[name].copy_(first)
    self.second[name].copy_(second)
    return first
