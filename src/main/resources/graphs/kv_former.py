# KV-Former (ViLL-E, section 3.2): the decoder's states are queries, and P learnt keys with P learnt values take the
# place of projected ones; then an MLP for each token and the mean. Two variants: plain, where all that is known of a
# text has passed the learnt values, and a whole Gemma layer with norms, residuals and a gate. N: tokens of one input.

class KvFormer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  w : Dict[str, Tensor]
  files : Dict[str, Tensor]
  device : str
  heads : int
  eps : float

  def __getstate__(self: __torch__.KvFormer) -> int:
    return 0
  def __setstate__(self: __torch__.KvFormer, state: int) -> NoneType:
    self.training = False
    self.w = annotate(Dict[str, Tensor], {})
    self.files = annotate(Dict[str, Tensor], {})
    self.configure("cpu", 1, 1e-06)
    return None

  def configure(self: __torch__.KvFormer, device: str, heads: int, eps: float) -> int:
    self.device = device
    self.heads = heads
    self.eps = eps
    return 0
  def map_file(self: __torch__.KvFormer, path: str, bytes: Tensor) -> Tensor:
    return __torch__.map_weight_file(self.files, path, bytes)
  def put_mapped(self: __torch__.KvFormer, name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, wanted: Tensor, device: str) -> Tensor:
    return __torch__.put_mapped_weight(self.w, self.files, name, path, offset, shape, stored, wanted, device)

  # x [N, hidden] -> [heads, N, hidden / heads]: heads are contiguous pieces
  def split(self: __torch__.KvFormer, x: Tensor) -> Tensor:
    return x.view([x.size(0), self.heads, -1]).transpose(0, 1)

  # x [N, hidden] -> the learnt keys that each token looks at [heads, N, P] and what it gets [N, hidden]
  def attend(self: __torch__.KvFormer, x: Tensor) -> Tuple[Tensor, Tensor]:
    q = self.split(__torch__.linear(self.w, "query", x))
    k = self.split(self.w["key_tokens"])
    v = self.split(self.w["value_tokens"])
    scores = torch.matmul(q, k.transpose(1, 2)) / torch.sqrt(torch.tensor(float(q.size(2)), dtype=6, device=q.device)).to(q.dtype)
    probs = torch.softmax(scores.float(), -1).to(x.dtype)
    o = torch.matmul(probs, v).transpose(0, 1).reshape(x.shape)
    return (probs, __torch__.linear(self.w, "output", o))

  # states [N, hidden], after the decoder's final norm, of any inputs. Gives attention probabilities [heads, N, P],
  # attention output [N, hidden] and embeddings of the tokens [N, hidden].
  def tokens(self: __torch__.KvFormer, states: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = states.to(torch.device(self.device)).to(self.w["key_tokens"].dtype)
    if "mlp_gate.weight" in self.w:
      probs, attended = self.attend(__torch__.norm_around_one(self.w["attention_norm"], x, self.eps))
      x = x + attended
      h = __torch__.norm_around_one(self.w["mlp_norm"], x, self.eps)
      gate = __torch__.gelu_tanh(__torch__.linear(self.w, "mlp_gate", h))
      return (probs, attended, x + __torch__.linear(self.w, "mlp_down", gate * __torch__.linear(self.w, "mlp_up", h)))
    probs, attended = self.attend(x)
    h = __torch__.gelu_tanh(__torch__.linear(self.w, "mlp_up", attended))
    return (probs, attended, __torch__.linear(self.w, "mlp_down", h))

  # The same of one input, float32, with their mean and that at norm 1 [hidden].
  def trace(self: __torch__.KvFormer, states: Tensor) -> List[Tensor]:
    probs, attended, tokens = self.tokens(states)
    pooled = tokens.float().mean([0])
    embedding = pooled * torch.rsqrt(pooled.pow(2).sum())
    return [t.float().cpu() for t in [probs, attended, tokens, pooled, embedding]]

  # states [N, hidden] float32 -> [hidden] float32, norm 1
  def embed(self: __torch__.KvFormer, states: Tensor) -> List[Tensor]:
    return [self.trace(states)[4]]

  # For training, outside inference mode: numbers and their lists come as tensors.

  def put_parameter(self: __torch__.KvFormer, name: str, value: Tensor) -> Tensor:
    self.w[name] = value.detach().clone().requires_grad_(True)
    return self.w[name]
  # states [N, hidden] of inputs of so many tokens each -> the means of their tokens' embeddings [B, hidden] float32
  def learn(self: __torch__.KvFormer, states: Tensor, lengths: Tensor) -> Tensor:
    _, _, tokens = self.tokens(states)
    return torch.stack([row.float().mean([0]) for row in torch.split(tokens, annotate(List[int], lengths.tolist()), 0)])
