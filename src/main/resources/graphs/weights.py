# Weights by their checkpoint names in a Dict[str, Tensor], on bytes of mapped files.
#
# Every module class wraps map_file, put_mapped and merge_low_rank in methods. They are called outside inference mode,
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

# Maps a file of `bytes` into memory, read only in effect; the mapping lives as long as tensors on it.
def map_weight_file(files: Dict[str, Tensor], path: str, bytes: Tensor) -> Tensor:
  files[path] = torch.from_file(path, False, int(bytes), dtype=0)
  return bytes

# Puts a weight of a mapped file. stored: its dtype there; wanted: the dtype to compute in, -1 for the same.
def put_mapped_weight(w: Dict[str, Tensor], files: Dict[str, Tensor], name: str, path: str, offset: Tensor, shape: Tensor, stored: Tensor, wanted: Tensor, device: str) -> Tensor:
  t = __torch__.bitcast(files[path], int(offset), annotate(List[int], shape.tolist()), int(stored))
  if int(wanted) >= 0:
    t = t.to(int(wanted))
  w[name] = t.to(torch.device(device))
  return wanted

# Adds what LoRA learnt to w[name] [out, in]: scale B A, from name.lora_A [rank, in] and name.lora_B [out, rank],
# which are then dropped. In float32, before the conversion to the dtype `wanted`.
def merge_low_rank_weight(w: Dict[str, Tensor], name: str, scale: Tensor, wanted: Tensor) -> Tensor:
  a = w.pop(name + ".lora_A")
  b = w.pop(name + ".lora_B")
  w[name] = (w[name].float() + torch.matmul(b, a) * float(scale)).to(int(wanted))
  return wanted
