"""Gradients of all weights of a fixture's checkpoint, by PyTorch: the next tokens at the end of a video's sequence and of
a text's. Of each tensor the norm, the sum with alternating signs and the first value.

    python src/test/parity/gradients.py src/test/resources/parity/qwen2_vl_a     # torch 2.7.1, transformers 5.23.0
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModelForImageTextToText

LAST = 8

fixture = pathlib.Path(sys.argv[1])
model = AutoModelForImageTextToText.from_pretrained(fixture / "checkpoint", dtype=torch.float32, attn_implementation="sdpa")
total = 0
for name in ("video", "text_short"):
    case = load_file(fixture / f"cases/{name}.safetensors")
    ids = case["input.input_ids"]
    more = {k.removeprefix("input."): v for k, v in case.items() if k.startswith("input.") and "input_ids" not in k}
    out = model(input_ids=ids, position_ids=case["position_ids"], use_cache=False, **more)
    total = total + torch.nn.functional.cross_entropy(out.logits[0, -LAST - 1:-1].float(), ids[0, -LAST:], reduction="sum")
loss = total / (2 * LAST)
loss.backward()
weights = {}
for name, p in model.named_parameters():
    if p.grad is not None:
        g = p.grad.flatten().double()
        signs = torch.ones_like(g)
        signs[1::2] = -1
        weights[name] = [g.norm().item(), (g * signs).sum().item(), g[0].item()]
out = fixture / "gradients/all_weights.json"
out.write_text(json.dumps({"last": LAST, "loss": loss.item(), "gradients": weights}, indent=0) + "\n")
print(out, len(weights), loss.item())
