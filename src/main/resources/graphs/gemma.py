# What a Gemma decoder (Gemma Team 2024) has of its own; the rest is in decoder.py.

# The weight is a distance from 1; product and sum are in float32, unlike in Qwen2.
def decoder_norm(w: Dict[str, Tensor], name: str, x: Tensor, eps: float) -> Tensor:
  h = x.float()
  h = h * torch.rsqrt(h.pow(2).mean([-1], True) + eps)
  return (h * (w[name + ".weight"].float() + 1.0)).to(x.dtype)

# GeGLU (Shazeer 2020): x [B, T, hidden] -> [B, T, hidden]
def decoder_mlp(w: Dict[str, Tensor], at: str, x: Tensor) -> Tensor:
  gate = torch.gelu(__torch__.linear(w, at + "gate_proj", x), approximate="tanh")
  return __torch__.linear(w, at + "down_proj", gate * __torch__.linear(w, at + "up_proj", x))

# ids [B, T] -> [B, T, hidden]: times sqrt(hidden), which is rounded to the dtype of the table first.
def token_embeddings(table: Tensor, ids: Tensor) -> Tensor:
  x = torch.embedding(table, ids)
  return x * torch.sqrt(torch.tensor(float(table.size(1)), dtype=6)).to(x.dtype).to(x.device)
