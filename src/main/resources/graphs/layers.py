# What every transformer is made of. Weights come from `w` under `name`, as in the checkpoint.

# x [..., in] -> [..., out]; the bias is used where the checkpoint has one.
def linear(w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
  return torch.linear(x, w[name + ".weight"], w.get(name + ".bias"))

# Root mean square norm (Zhang and Sennrich 2019), in float32 whatever the dtype of x [..., dim].
def rms_norm(w: Dict[str, Tensor], name: str, x: Tensor, eps: float) -> Tensor:
  h = x.float()
  return w[name + ".weight"] * (h * torch.rsqrt(h.pow(2).mean([-1], True) + eps)).to(x.dtype)

# The same with a weight that is a distance from 1, and the product in float32 (Gemma).
def norm_around_one(weight: Tensor, x: Tensor, eps: float) -> Tensor:
  h = x.float()
  h = h * torch.rsqrt(h.pow(2).mean([-1], True) + eps)
  return (h * (weight.float() + 1.0)).to(x.dtype)

# The tanh form of GELU. In the method of a class this call is refused: there it stands for an older operator.
def gelu_tanh(x: Tensor) -> Tensor:
  return torch.gelu(x, approximate="tanh")

# x [..., dim]
def layer_norm(w: Dict[str, Tensor], name: str, x: Tensor, eps: float) -> Tensor:
  return torch.layer_norm(x, [x.size(-1)], w[name + ".weight"], w[name + ".bias"], eps)

# Rotates the pairs (i, i + dim / 2) of x [..., dim] by the angles in cos and sin (RoPE, Su et al. 2021).
def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  half = x.size(-1) // 2
  return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin

# Angles per unit of position of a rotary embedding over `dim` dimensions: [dim / 2] float32.
def rotary_frequencies(dim: int, theta: float, device: Device) -> Tensor:
  return torch.reciprocal(torch.pow(theta, torch.arange(0, dim, 2, dtype=6, device=device) / dim))
