# A decoder layer: grouped-query attention, then an MLP, norms before each. Qwen2 has biases on q, k and v, Qwen3 norms
# over the dimensions of each query and key head. decoder_norm and decoder_mlp are those of qwen.py or gemma.py.
# A layer's weights are under `at`, for example "model.layers.0.".

# Multimodal rotary angles (Qwen2-VL, section 2.1): frequency i turns with positions[axes[i]], where the axes are
# 0 time, 1 height and 2 width. positions [3, B, T] -> cos, sin [B, 1, T, head_dim].
def mrope(positions: Tensor, head_dim: int, theta: float, axes: List[int], dtype: int) -> Tuple[Tensor, Tensor]:
  chosen = torch.stack([positions[axis] for axis in axes], -1).float()
  angles = chosen * __torch__.rotary_frequencies(head_dim, theta, positions.device)
  angle = torch.cat([angles, angles], -1).unsqueeze(1)
  return (angle.cos().to(dtype), angle.sin().to(dtype))

# valid [B, T] bool, true at real tokens; prefixes [B]: so many tokens at the start of each row see each other in both
# directions (0: causal) -> [B, 1, T, T] bool, true where a row may look: not ahead of itself and its prefix, not at padding.
def decoder_mask(valid: Tensor, prefixes: Tensor) -> Tensor:
  T = valid.size(1)
  below = torch.ones([T, T], dtype=11, device=valid.device).tril(0)
  prefix = torch.arange(T, device=valid.device)[None] < prefixes[:, None]
  return ((below | prefix[:, None, :]) & valid[:, None, :])[:, None]

# One key or value head serves several query heads: x [B, H, T, D] -> [B, H * times, T, D].
def repeat_heads(x: Tensor, times: int) -> Tensor:
  B, H, T, D = x.shape
  return x[:, :, None].expand([B, H, times, T, D]).reshape([B, H * times, T, D])

# x [B, T, hidden] -> [B, H, T, head_dim]
def decoder_heads(w: Dict[str, Tensor], at: str, name: str, x: Tensor, heads: int, head_dim: int, eps: float) -> Tensor:
  h = __torch__.linear(w, at + name + "_proj", x).view([x.size(0), x.size(1), heads, head_dim])
  if at + name + "_norm.weight" in w:
    h = __torch__.rms_norm(w, at + name + "_norm", h, eps)
  return h.transpose(1, 2)

# x [B, T, hidden] -> [B, T, hidden]; without a mask every row looks at itself and what is before it.
def decoder_attention(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], heads: int, kv_heads: int, head_dim: int, eps: float) -> Tensor:
  B, T, _ = x.shape
  q = __torch__.decoder_heads(w, at, "q", x, heads, head_dim, eps)
  k = __torch__.decoder_heads(w, at, "k", x, kv_heads, head_dim, eps)
  v = __torch__.decoder_heads(w, at, "v", x, kv_heads, head_dim, eps)
  q = __torch__.rotate(q, cos, sin)
  k = __torch__.repeat_heads(__torch__.rotate(k, cos, sin), heads // kv_heads)
  v = __torch__.repeat_heads(v, heads // kv_heads)
  o = torch.scaled_dot_product_attention(q, k, v, mask, 0., mask is None)
  return __torch__.linear(w, at + "o_proj", o.transpose(1, 2).reshape([B, T, heads * head_dim]))

# x [B, T, hidden] -> [B, T, hidden]
def decoder_layer(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], heads: int, kv_heads: int, head_dim: int, eps: float) -> Tensor:
  h = __torch__.decoder_norm(w, at + "input_layernorm", x, eps)
  x = x + __torch__.decoder_attention(w, at + "self_attn.", h, cos, sin, mask, heads, kv_heads, head_dim, eps)
  h = __torch__.decoder_norm(w, at + "post_attention_layernorm", x, eps)
  return x + __torch__.decoder_mlp(w, at + "mlp.", h)
