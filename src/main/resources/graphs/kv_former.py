# KV-Former (ViLL-E, section 3.2): the decoder's states are queries, and P learnt keys with P learnt values take the
# place of projected ones; then an MLP for each token and the mean. The weights tell which head it is: those that it is
# compared with (Table 7b) differ in where queries, keys and values come from, or have no attention. Two variants: plain, where all that is known of a
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

  # x [N, hidden] -> probabilities [heads, Q, K] and what each query gets [Q, hidden]. Queries are the tokens, unless they
  # are learnt; keys and values are learnt, keys alone are (and are the values too), or both are made of the tokens.
  def attend(self: __torch__.KvFormer, x: Tensor) -> Tuple[Tensor, Tensor]:
    asking = x
    if "query_tokens" in self.w:
      asking = self.w["query_tokens"]
    keys = x
    if "key_tokens" in self.w:
      keys = self.w["key_tokens"]
    else:
      keys = __torch__.linear(self.w, "key", x)
    values = keys
    if "value_tokens" in self.w:
      values = self.w["value_tokens"]
    if "value.weight" in self.w:
      values = __torch__.linear(self.w, "value", x)
    q = self.split(__torch__.linear(self.w, "query", asking))
    k = self.split(keys)
    v = self.split(values)
    scores = torch.matmul(q, k.transpose(1, 2)) / torch.sqrt(torch.tensor(float(q.size(2)), dtype=6, device=q.device)).to(q.dtype)
    probs = torch.softmax(scores.float(), -1).to(x.dtype)
    o = torch.matmul(probs, v).transpose(0, 1).reshape(asking.shape)
    return (probs, __torch__.linear(self.w, "output", o))

  def two_layers(self: __torch__.KvFormer, x: Tensor) -> Tensor:
    return __torch__.linear(self.w, "mlp_down", __torch__.gelu_tanh(__torch__.linear(self.w, "mlp_up", x)))

  # states [N, hidden], after the decoder's final norm, of any inputs. Gives attention probabilities [heads, N, P],
  # attention output [N, hidden] and embeddings of the tokens [N, hidden]; without attention no probabilities and x.
  def tokens(self: __torch__.KvFormer, states: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    x = states.to(torch.device(self.device))
    for weight in self.w.values():
      x = x.to(weight.dtype)
    if "mlp_gate.weight" in self.w:
      probs, attended = self.attend(__torch__.norm_around_one(self.w["attention_norm"], x, self.eps))
      x = x + attended
      h = __torch__.norm_around_one(self.w["mlp_norm"], x, self.eps)
      gate = __torch__.gelu_tanh(__torch__.linear(self.w, "mlp_gate", h))
      return (probs, attended, x + __torch__.linear(self.w, "mlp_down", gate * __torch__.linear(self.w, "mlp_up", h)))
    if "query.weight" in self.w:
      probs, attended = self.attend(x)
      return (probs, attended, self.two_layers(attended))
    if "mlp_up.weight" in self.w:
      return (torch.zeros([0]), x, self.two_layers(x))
    if "linear.weight" in self.w:
      return (torch.zeros([0]), x, __torch__.linear(self.w, "linear", x))
    return (torch.zeros([0]), x, x)

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
    parts = torch.split(states, annotate(List[int], lengths.tolist()), 0)
    # keys that are made of the tokens are those of one input
    if "key.weight" in self.w:
      return torch.stack([self.tokens(part)[2].float().mean([0]) for part in parts])
    _, _, tokens = self.tokens(states)
    return torch.stack([row.float().mean([0]) for row in torch.split(tokens, annotate(List[int], lengths.tolist()), 0)])
