"""Writes muon.json: three steps of torch.optim.Muon, computed in float32, on a loss that OptimizerTests has too.

    python src/test/resources/train/muon.py > src/test/resources/train/muon.json

torch 2.9 or newer.
"""

import json

import torch
import torch.nn.functional as F

RATE, DECAY, MOMENTUM, STEPS = 0.1, 0.5, 0.9, 3

# torch rounds what it makes orthogonal to bfloat16; the same steps without that
torch.bfloat16 = torch.float32

torch.manual_seed(1)
cases = []
for rows, columns in [(5, 2), (2, 2)]:
    p = torch.nn.Parameter(torch.randn(rows, columns))
    labels = [i % 2 for i in range(rows)]
    case = {"shape": [rows, columns], "labels": labels, "first": p.flatten().tolist()}
    optimizer = torch.optim.Muon(
        [p], lr=RATE, weight_decay=DECAY, momentum=MOMENTUM, adjust_lr_fn="match_rms_adamw"
    )
    for _ in range(STEPS):
        optimizer.zero_grad()
        F.cross_entropy(p, torch.tensor(labels)).backward()
        optimizer.step()
    case["last"] = p.flatten().tolist()
    cases.append(case)
print(json.dumps({"rate": RATE, "decay": DECAY, "momentum": MOMENTUM, "steps": STEPS, "cases": cases}, indent=1))
