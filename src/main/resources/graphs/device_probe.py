# Counts the GPUs that this libtorch can compute on, by trying them one after the other.

class DeviceProbe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def __getstate__(self: __torch__.DeviceProbe) -> int:
    return 0
  def __setstate__(self: __torch__.DeviceProbe, state: int) -> NoneType:
    self.training = False
    return None

  # Throws where there is no such device.
  def touch(self: __torch__.DeviceProbe, device: str) -> int:
    return int(torch.zeros([1], dtype=6, device=torch.device(device)).sum())
