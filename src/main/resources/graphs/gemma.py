# What a Gemma decoder (Gemma Team 2024) has of its own; the rest is in decoder.py.

# The norm before attention, before the MLP and at the end: x [N, hidden] -> [N, hidden]
def decoder_norm(w: Dict[str, Tensor], name: str, x: Tensor, eps: float) -> Tensor:
  return __torch__.norm_around_one(w[name + ".weight"], x, eps)

# GeGLU (Shazeer 2020): x [N, hidden] -> [N, hidden]
def decoder_mlp(w: Dict[str, Tensor], at: str, x: Tensor) -> Tensor:
  gate = __torch__.gelu_tanh(__torch__.linear(w, at + "gate_proj", x))
  return __torch__.linear(w, at + "down_proj", gate * __torch__.linear(w, at + "up_proj", x))

# ids [N] -> [N, hidden]: times sqrt(hidden), which is rounded to the dtype of the table first.
def token_embeddings(table: Tensor, ids: Tensor) -> Tensor:
  x = torch.embedding(table, ids)
  return x * torch.sqrt(torch.tensor(float(table.size(1)), dtype=6)).to(x.dtype).to(x.device)
