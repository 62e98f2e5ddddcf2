# What every transformer is made of. Weights come from `w` under `name`, as in the checkpoint.

# x [..., in] -> [..., out]; the bias is used where the checkpoint has one.
def linear(w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
  y = __torch__.product(w, name, x)
  if name + ".lora_A.weight" in w:
    return __torch__.add_low_rank(w, name, x, y)
  return y

# Adds to y [N, out] what a layer learns with LoRA (Hu et al. 2021) while it is trained: scale B A x, in the dtype of A
# and B; x [N, in]
def add_low_rank(w: Dict[str, Tensor], name: str, x: Tensor, y: Tensor) -> Tensor:
  a = w[name + ".lora_A.weight"]
  b = w[name + ".lora_B.weight"]
  h = torch.linear(x.to(a.dtype), a) * w[name + ".lora_scale"]
  if y.dtype == b.dtype:
    return y.addmm_(h, b.t())
  return y + torch.linear(h, b).to(y.dtype)

# The same without LoRA. The matrix may be kept in another form than the dtype of x: pack_weight in weights.py.
def product(w: Dict[str, Tensor], name: str, x: Tensor) -> Tensor:
  weight = w[name + ".weight"]
  if weight.dtype == x.dtype:
    return torch.linear(x, weight, w.get(name + ".bias"))
  if weight.dtype == 5:
    return __torch__.linear_float16(weight, w.get(name + ".bias"), x)
  return __torch__.linear_int8(weight, w[name + ".weight_scale"], w.get(name + ".bias"), x)

# A product in float16, rounded less than in bfloat16. Numbers that are not well inside its range are divided by powers of
# two, one for each row, which is exact.
def linear_float16(weight: Tensor, bias: Optional[Tensor], x: Tensor) -> Tensor:
  least, most = torch.aminmax(x.detach())
  largest = max(-float(least), float(most))
  if largest > 0.01 and largest < 64.:
    # through float32: the way between float16 and bfloat16 is slow
    y = torch.linear(x.float().to(5), weight).float()
    if bias is not None:
      y.add_(bias)
    return y.to(x.dtype)
  rows = x.detach().abs().amax([-1], True).float().clamp_min_(1e-30)
  scale = torch.exp2(torch.ceil(torch.log2(rows))).to(x.dtype)
  y = torch.linear((x / scale).float().to(5), weight).float().to(x.dtype)
  if bias is not None:
    return torch.addcmul(bias, y, scale)
  return y * scale

# A product of whole numbers: weight [out, in] int8 as oneDNN packs it, with a scale [out] float32 for each row; the rows
# of x are rounded to -127 .. 127, which oneDNN wants from 1 to 255.
def linear_int8(weight: Tensor, weight_scale: Tensor, bias: Optional[Tensor], x: Tensor) -> Tensor:
  # one less than 127: the scale itself is rounded
  h = x.float()
  scale = h.abs().amax([-1], True).div_(126.).clamp_min_(1e-30).to(x.dtype)
  # cut off rather than rounded, hence the half: one operation less
  q = (h / scale).add_(128.5).to(0)
  zeros = torch.zeros([weight_scale.size(0)], dtype=4)
  y = ops.onednn.qlinear_pointwise(q, 1., 128, weight, weight_scale, zeros, None, 1., 0, x.dtype, "none", annotate(List[Optional[number]], []), "none")
  if bias is not None:
    return torch.addcmul(bias, y, scale)
  return y.mul_(scale)

# Scaled dot-product attention: q [..., T, D], k and v [..., S, D]; mask [T, S] is added to the scores, or empty; causal: the
# T tokens are all S, and none sees those after it -> [..., T, D]. With "attention.eager" among the weights scores and
# weights are rounded to the dtype of q as in the eager form of transformers, which references are made with.
def attention(w: Dict[str, Tensor], q: Tensor, k: Tensor, v: Tensor, mask: Tensor, causal: bool) -> Tensor:
  if "attention.eager" in w:
    scores = torch.matmul(q, k.transpose(-2, -1)) * (1. / float(q.size(-1)) ** 0.5)
    if mask.size(0) > 0:
      scores = scores + mask
    elif causal:
      ahead = torch.ones([q.size(-2), k.size(-2)], dtype=11, device=q.device).triu(1)
      scores = scores.masked_fill(ahead, float("-inf"))
    return torch.matmul(torch.softmax(scores.float(), -1).to(v.dtype), v)
  if q.dtype == 15 and not q.is_cuda:
    # CPUs without AMX take bfloat16 apart: 1.4 times slower than all of it in float32
    return __torch__.fused_attention(q.float(), k.float(), v.float(), mask.float(), causal).to(q.dtype)
  return __torch__.fused_attention(q, k, v, mask, causal)

def fused_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor, causal: bool) -> Tensor:
  if mask.size(0) > 0:
    return torch.scaled_dot_product_attention(q, k, v, mask)
  return torch.scaled_dot_product_attention(q, k, v, None, 0., causal)

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
  y = x * cos
  y[..., :half].addcmul_(x[..., half:], sin[..., :half], value=-1)
  y[..., half:].addcmul_(x[..., :half], sin[..., half:])
  return y

# Angles per unit of position of a rotary embedding over `dim` dimensions: [dim / 2] float32.
def rotary_frequencies(dim: int, theta: float, device: Device) -> Tensor:
  return torch.reciprocal(torch.pow(theta, torch.arange(0, dim, 2, dtype=6, device=device) / dim))
