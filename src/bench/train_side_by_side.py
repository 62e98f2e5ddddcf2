"""Training steps of Vidvec beside those of PyTorch with transformers: the same folder, threads, batch and losses, one
step of each by turns.

Vidvec runs as a process that is told its jobs through a pipe (vidvec bench train --jobs), transformers in this one.
LoRA is that of PEFT. README.md beside this file tells how to run it.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="checkpoint of vidvec bench checkpoint --shape tiny")
    parser.add_argument("--vidvec", default="./vidvec", help="the command; default %(default)s")
    parser.add_argument("--only", default="texts_full,texts_lora,videos_full,videos_lora", help="default %(default)s")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--side", type=int, default=84, help="pixels along an edge of a made-up frame")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--warmups", type=int, default=3)
    parser.add_argument("--fused", action=argparse.BooleanOptionalAction, default=True, help="PyTorch's fused AdamW")
    return parser.parse_args()


OPTIONS = arguments()
# before torch is loaded
os.environ["OMP_NUM_THREADS"] = str(OPTIONS.threads)

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from transformers import AutoProcessor, Qwen2VLForConditionalGeneration  # noqa: E402

torch.set_num_threads(OPTIONS.threads)

# as in TrainTrial.java
TAU, RATE, DECAY = 0.05, 1e-4, 0.01


class Vidvec:
    """A process of Vidvec."""

    def __init__(self):
        command = [*OPTIONS.vidvec.split(), "bench", "train", "--jobs", "--model", str(OPTIONS.model.resolve())]
        for name in ("threads", "batch", "frames", "side", "rank"):
            command += [f"--{name}", str(getattr(OPTIONS, name))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)

    def do(self, job, **values):
        self.process.stdin.write(json.dumps({"job": job, **values}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"vidvec ended during the job {job}; exit code {self.process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise SystemExit(f"vidvec, job {job}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def padded(rows, value=0):
    longest = max(len(r) for r in rows)
    ids = torch.tensor([r + [value] * (longest - len(r)) for r in rows])
    mask = torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in rows])
    return ids, mask


def pictures(processor, count):
    """The pixels of Pictures.java, the same for every sample."""
    t, c, y, x = np.ogrid[:OPTIONS.frames, :3, :OPTIONS.side, :OPTIONS.side]
    frames = ((7 * x + 13 * y + 29 * t + 53 * c + ((x * y) & 63)) & 255).astype(np.uint8)
    out = processor.video_processor(videos=[torch.from_numpy(frames)], do_sample_frames=False, return_tensors="pt")
    return out["pixel_values_videos"].repeat(count, 1), out["video_grid_thw"].repeat(count, 1)


class Torch:
    """The same steps with PyTorch."""

    def __init__(self, told, captions, videos, lora):
        self.whole = Qwen2VLForConditionalGeneration.from_pretrained(OPTIONS.model, dtype=torch.float32,
                                                                     attn_implementation="sdpa").train()
        learnt = self.whole
        if lora:
            from peft import LoraConfig, get_peft_model
            names = r"model\.language_model\..*_proj"
            learnt = get_peft_model(self.whole, LoraConfig(r=OPTIONS.rank, lora_alpha=2 * OPTIONS.rank,
                                                           target_modules=names, lora_dropout=0.0))
        self.parameters = [p for p in learnt.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=RATE, weight_decay=DECAY, fused=OPTIONS.fused)
        self.ids, self.mask = padded([t["ids"] for t in told])
        longest = self.ids.shape[1]
        self.positions = torch.tensor(
            [[axis + [1] * (longest - len(axis)) for axis in t["positions"]] for t in told]).transpose(0, 1)
        ends = [len(t["ids"]) - len(c) for t, c in zip(told, captions)]
        self.rows = torch.tensor([i for i, c in enumerate(captions) for _ in c])
        self.columns = torch.tensor([ends[i] + j - 1 for i, c in enumerate(captions) for j in range(len(c))])
        self.words = torch.tensor([w for c in captions for w in c])
        self.prompt_ends = torch.tensor(ends) - 1
        self.alone, self.alone_mask = padded(captions)
        self.seen = {}
        if videos:
            pixels, grid = pictures(AutoProcessor.from_pretrained(OPTIONS.model), len(told))
            kinds = (self.ids == self.whole.config.video_token_id) * 2
            self.seen = {"pixel_values_videos": pixels, "video_grid_thw": grid, "mm_token_type_ids": kinds}

    def step(self):
        model = self.whole.model
        told = model(input_ids=self.ids, attention_mask=self.mask, position_ids=self.positions, use_cache=False,
                     **self.seen).last_hidden_state
        next_word = F.cross_entropy(self.whole.lm_head(told[self.rows, self.columns]), self.words)
        alone = model(input_ids=self.alone, attention_mask=self.alone_mask, use_cache=False).last_hidden_state
        batch = torch.arange(len(alone))
        targets = F.normalize(alone[batch, self.alone_mask.sum(1) - 1], dim=-1)
        queries = F.normalize(told[batch, self.prompt_ends], dim=-1)
        cosines = queries @ targets.T / TAU
        near = (F.cross_entropy(cosines, batch) + F.cross_entropy(cosines.T, batch)) / 2
        loss = next_word + near
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        return loss.item()


def timed(work):
    begin = time.perf_counter()
    loss = work()
    return (time.perf_counter() - begin) * 1e3, loss


def compare(vidvec, name):
    videos, lora = name.startswith("videos"), name.endswith("lora")
    batch = vidvec.do("begin", videos=videos, lora=lora)
    reference = Torch(batch["told"], batch["captions"], videos, lora)
    ours, theirs, losses = [], [], []
    for i in range(OPTIONS.warmups + OPTIONS.runs):
        answer = vidvec.do("step")
        ms, loss = timed(reference.step)
        losses.append((answer["loss"], loss))
        if i >= OPTIONS.warmups:
            ours.append(answer["ms"])
            theirs.append(ms)
    a, b = statistics.median(ours), statistics.median(theirs)
    # the matrices of LoRA begin with other random numbers, which count from the second step on
    print(json.dumps({
        "row": name, "parameters": sum(p.numel() for p in reference.parameters),
        "tokens": sum(len(t["ids"]) for t in batch["told"]) + sum(len(c) for c in batch["captions"]),
        "vidvec_ms": round(a, 1), "torch_ms": round(b, 1), "times_faster": round(b / a, 3),
        "vidvec_best_ms": round(min(ours), 1), "torch_best_ms": round(min(theirs), 1),
        "vidvec_samples_s": round(OPTIONS.batch / a * 1e3, 1), "torch_samples_s": round(OPTIONS.batch / b * 1e3, 1),
        "first_losses": [round(v, 6) for v in losses[0]], "last_losses": [round(v, 6) for v in losses[-1]],
    }), flush=True)


def main():
    vidvec = Vidvec()
    for name in OPTIONS.only.split(","):
        compare(vidvec, name)
    vidvec.close()


if __name__ == "__main__":
    main()
