"""Makes lm_loss.json: next-token loss of an answer about a video, and gradients, as transformers computes them.

    pip install torch==2.7.1 transformers==5.23.0
    python lm_loss.py CHECKPOINT       # src/test/resources/parity/qwen2_vl_a/checkpoint
"""
import json
import sys
from pathlib import Path

import torch
from transformers import Qwen2VLForConditionalGeneration

folder = Path(sys.argv[1])
config = json.loads((folder / "config.json").read_text())
model = Qwen2VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
grid = torch.tensor([[2, 4, 4]])
vision = config["vision_config"]
width = 3 * vision["temporal_patch_size"] * vision["patch_size"] ** 2
patches = torch.sin(torch.arange(32 * width, dtype=torch.float64) * 0.37).float().view(32, width)
video = [config["video_token_id"]] * 8
ids = [5, 17, config["vision_start_token_id"]] + video + [config["vision_end_token_id"], 40, 41, 42, 60, 61, 62, 63]
labels = [-100] * (len(ids) - 4) + ids[-4:]
ids, labels = torch.tensor([ids]), torch.tensor([labels])
kinds = (ids == config["video_token_id"]).long() * 2
positions, _ = model.model.get_rope_index(ids, video_grid_thw=grid, mm_token_type_ids=kinds, attention_mask=torch.ones_like(ids))
loss = model(input_ids=ids, labels=labels, pixel_values_videos=patches, video_grid_thw=grid, mm_token_type_ids=kinds,
             position_ids=positions).loss
loss.backward()
norms = {}
for name, p in model.named_parameters():
    if p.grad is not None:
        norms[name] = p.grad.norm().item()
Path(__file__).with_name("lm_loss.json").write_text(json.dumps(
    {"ids": ids[0].tolist(), "positions": positions[:, 0].tolist(), "grid": grid[0].tolist(), "width": width,
     "labels": labels[0].tolist(), "loss": loss.item(), "gradient_norms": norms}) + "\n")
