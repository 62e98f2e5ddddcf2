# A Qwen2 decoder layer: grouped-query attention with biases on q, k and v, SwiGLU, norms before each.
# A layer's weights are under `at`, for example "model.layers.0.".

# Multimodal rotary angles (Qwen2-VL, section 2.1): the first sections[0] frequencies turn with time, the
# next sections[1] with height, the last with width. positions [3, B, T] -> cos, sin [B, 1, T, head_dim].
def mrope(positions: Tensor, head_dim: int, theta: float, sections: List[int], dtype: int) -> Tuple[Tensor, Tensor]:
  angles = positions.unsqueeze(-1).float() * __torch__.rotary_frequencies(head_dim, theta, positions.device)
  parts = torch.split_with_sizes(angles, sections, -1)
  chosen = annotate(List[Tensor], [])
  for i in range(len(parts)):
    chosen.append(parts[i][i % 3])
  chosen.extend(chosen)
  angle = torch.cat(chosen, -1).unsqueeze(1)
  return (angle.cos().to(dtype), angle.sin().to(dtype))

# valid [B, T] bool, true at real tokens -> [B, 1, T, T] bool, true where a row may look: not ahead of
# itself and not at padding.
def causal_mask(valid: Tensor) -> Tensor:
  T = valid.size(1)
  below = torch.ones([T, T], dtype=11, device=valid.device).tril(0)
  return (below & valid[:, None, :])[:, None]

# One key or value head serves several query heads: x [B, H, T, D] -> [B, H * times, T, D].
def repeat_heads(x: Tensor, times: int) -> Tensor:
  B, H, T, D = x.shape
  return x[:, :, None].expand([B, H, times, T, D]).reshape([B, H * times, T, D])

# x [B, T, hidden] -> [B, T, hidden]; without a mask every row looks at itself and what is before it.
def decoder_attention(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], heads: int, kv_heads: int, head_dim: int) -> Tensor:
  B, T, _ = x.shape
  q = __torch__.linear(w, at + "q_proj", x).view([B, T, heads, head_dim]).transpose(1, 2)
  k = __torch__.linear(w, at + "k_proj", x).view([B, T, kv_heads, head_dim]).transpose(1, 2)
  v = __torch__.linear(w, at + "v_proj", x).view([B, T, kv_heads, head_dim]).transpose(1, 2)
  q = __torch__.rotate(q, cos, sin)
  k = __torch__.repeat_heads(__torch__.rotate(k, cos, sin), heads // kv_heads)
  v = __torch__.repeat_heads(v, heads // kv_heads)
  o = torch.scaled_dot_product_attention(q, k, v, mask, 0., mask is None)
  return __torch__.linear(w, at + "o_proj", o.transpose(1, 2).reshape([B, T, heads * head_dim]))

# SwiGLU (Shazeer 2020): x [B, T, hidden] -> [B, T, hidden]
def decoder_mlp(w: Dict[str, Tensor], at: str, x: Tensor) -> Tensor:
  gate = torch.silu(__torch__.linear(w, at + "gate_proj", x))
  return __torch__.linear(w, at + "down_proj", gate * __torch__.linear(w, at + "up_proj", x))

# x [B, T, hidden] -> [B, T, hidden]
def decoder_layer(w: Dict[str, Tensor], at: str, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], heads: int, kv_heads: int, head_dim: int, eps: float) -> Tensor:
  h = __torch__.rms_norm(w, at + "input_layernorm", x, eps)
  x = x + __torch__.decoder_attention(w, at + "self_attn.", h, cos, sin, mask, heads, kv_heads, head_dim)
  h = __torch__.rms_norm(w, at + "post_attention_layernorm", x, eps)
  return x + __torch__.decoder_mlp(w, at + "mlp.", h)
