# What Qwen2 and Qwen3 decoders have of their own; the rest is in decoder.py.

# The norm before attention, before the MLP and at the end: x [N, hidden] -> [N, hidden]
def decoder_norm(w: Dict[str, Tensor], name: str, x: Tensor, eps: float) -> Tensor:
  return __torch__.rms_norm(w, name, x, eps)

# SwiGLU (Shazeer 2020): x [N, hidden] -> [N, hidden]
def decoder_mlp(w: Dict[str, Tensor], at: str, x: Tensor) -> Tensor:
  gate = __torch__.linear(w, at + "gate_proj", x)
  up = __torch__.linear(w, at + "up_proj", x)
  # in place: pages of new memory cost more than the products of numbers
  if gate.requires_grad or up.requires_grad:
    return __torch__.linear(w, at + "down_proj", torch.silu(gate) * up)
  return __torch__.linear(w, at + "down_proj", torch.silu_(gate).mul_(up))

# ids [N] -> [N, hidden]
def token_embeddings(table: Tensor, ids: Tensor) -> Tensor:
  return torch.embedding(table, ids)
