# Weights by their checkpoint names in a Dict[str, Tensor], on bytes of mapped files.
#
# Every module class wraps map_file, put_mapped and what else it needs of these in methods. They are called outside inference mode,
# where numbers and texts come as tensors and strings and what is given back is a tensor: a weight that is
# made in inference mode could not take part in training.

# `shape` elements of a dtype that start `offset` bytes into `data` (uint8, one dimension), without a copy.
# TorchScript has no Tensor.view(dtype); set_ does not look at dtypes.
def bitcast(data: Tensor, offset: int, shape: List[int], dtype: int) -> Tensor:
  strides = annotate(List[int], [])
  n = 1
  for i in range(len(shape)):
    strides.append(n)
    n = n * shape[len(shape) - 1 - i]
  strides.reverse()
  t = torch.empty([0], dtype=dtype)
  size = t.element_size()
  if offset % size == 0:
    return torch.set_(t, data, offset // size, shape, strides)
  # a header of odd length: the bytes have to move once
  copy = data[offset:offset + n * size].clone()
  return torch.set_(t, copy, 0, shape, strides)

# Maps a file of `bytes` into memory, read only in effect; 0: forgets the mapping, which lives on as long as tensors on it.
def map_weight_file(files: Dict[str, Tensor], path: str, bytes: Tensor) -> Tensor:
  if int(bytes) == 0:
    files.pop(path)
  else:
    files[path] = torch.from_file(path, False, int(bytes), dtype=0)
  return bytes

# Whether a tensor holds neither NaN nor infinity: one pass over it and no memory of its size.
def is_finite(t: Tensor) -> bool:
  if t.numel() == 0:
    return True
  least, most = torch.aminmax(t)
  return bool(torch.isfinite(least)) and bool(torch.isfinite(most))

# Puts a weight of a mapped file. stored: its dtype there; wanted: the dtype to compute in, -1 for the same. Gives 0, or 1 if
# the file holds NaN or infinity, or 2 if it does not but the conversion made some.
def put_mapped_weight(w: Dict[str, Tensor], files: Dict[str, Tensor], name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, wanted: Tensor, device: str) -> Tensor:
  t = __torch__.bitcast(files[path], int(offset), annotate(List[int], shape.tolist()), int(stored))
  fault = 0 if __torch__.is_finite(t) else 1
  if int(wanted) >= 0 and int(wanted) != int(stored):
    t = t.to(int(wanted))
    if fault == 0 and not __torch__.is_finite(t):
      fault = 2
  w[name] = t.to(torch.device(device))
  return torch.tensor(fault)

# Adds what LoRA learnt to w[name] [out, in]: scale B A, from name.lora_A [rank, in] and name.lora_B [out, rank],
# which are then dropped. In float32, before the conversion to the dtype `wanted`.
def merge_low_rank_weight(w: Dict[str, Tensor], name: str, scale: Tensor, wanted: Tensor) -> Tensor:
  a = w.pop(name + ".lora_A")
  b = w.pop(name + ".lora_B")
  w[name] = (w[name].float() + torch.matmul(b, a) * float(scale)).to(int(wanted))
  return wanted

# Keeps the matrix w[name] [out, in] in another form for inference on a CPU. 1: float16; 2: int8, as oneDNN packs it, with
# a scale for each row in float32.
def pack_weight(w: Dict[str, Tensor], name: str, form: Tensor) -> Tensor:
  if int(form) == 1:
    w[name] = w[name].to(5)
  else:
    t = w[name].float()
    scale = (t.abs().amax([1]) / 127.).clamp_min(1e-30)
    w[name + "_scale"] = scale
    w[name] = ops.onednn.qlinear_prepack((t / scale.unsqueeze(1)).round_().to(1), annotate(Optional[List[int]], None))
  return form

# The same for a weight of a file, through a mapping of its own: what was read of the file leaves memory at once.
# Gives what put_mapped_weight does.
def put_packed_weight(w: Dict[str, Tensor], name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, form: Tensor) -> Tensor:
  sizes = annotate(List[int], shape.tolist())
  element = torch.empty([0], dtype=int(stored)).element_size()
  data = torch.from_file(path, False, int(offset) + int(shape.prod()) * element, dtype=0)
  w[name] = __torch__.bitcast(data, int(offset), sizes, int(stored))
  fault = 0 if __torch__.is_finite(w[name]) else 1
  if fault == 0:
    __torch__.pack_weight(w, name, form)
    if int(form) == 1 and not __torch__.is_finite(w[name]):
      fault = 2
  return torch.tensor(fault)
