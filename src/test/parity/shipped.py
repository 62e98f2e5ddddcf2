"""What Hugging Face transformers computes on a Qwen2-VL checkpoint of this project: a moving square as a video, its last
frame as an image, a text; and Yes or No asked of the video.

    python src/test/parity/shipped.py models/tiny OUT     # torch 2.7.1, transformers 5.23.0
    ./vidvec parity OUT
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForImageTextToText, AutoProcessor

STEPS = 8
WORDS = "Summarize above {} in one word:"
SAID = "a red square moves to the right"

source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
fixture = out / "shipped"
(fixture / "cases").mkdir(parents=True)
(fixture / "checkpoint").symlink_to(source.resolve(), target_is_directory=True)
processor = AutoProcessor.from_pretrained(source)
model = AutoModelForImageTextToText.from_pretrained(source, dtype=torch.float32, attn_implementation="eager").eval()
layers = model.config.text_config.num_hidden_layers
yes, no = (processor.tokenizer(w, add_special_tokens=False)["input_ids"][0] for w in ("Yes", "No"))


def clip(count, side):
    frames = torch.full((count, side, side, 3), 40, dtype=torch.uint8)
    for i in range(count):
        x = 8 + i * (side - 40) // count
        frames[i, 30:52, x:x + 22] = torch.tensor([220, 40, 40], dtype=torch.uint8)
    return frames


def unit(x):
    return torch.nn.functional.normalize(x, dim=-1)


@torch.no_grad()
def greedy(inputs):
    """The end of the answer is a token like others."""
    inputs, chosen, margins = dict(inputs), [], []
    for _ in range(STEPS):
        best = model(**inputs).logits[0, -1].topk(2)
        chosen.append(best.indices[:1])
        margins.append(best.values[0] - best.values[1])
        more = {"input_ids": chosen[-1], "attention_mask": torch.ones(1, dtype=torch.long), "mm_token_type_ids": torch.zeros(1, dtype=torch.long)}
        for name in more.keys() & inputs.keys():
            inputs[name] = torch.cat([inputs[name], more[name][None].to(inputs[name].dtype)], 1)
    return torch.cat(chosen), torch.stack(margins)


@torch.no_grad()
def case(name, kind, text, frames):
    content = ([{"type": kind}] if kind != "text" else []) + [{"type": "text", "text": text}]
    messages = [{"role": "user", "content": content}]
    prompt = processor.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
    media = {}
    if kind == "video":
        media = {"videos": [frames.permute(0, 3, 1, 2)], "videos_kwargs": {"do_sample_frames": False}}
    elif kind == "image":
        media = {"images": [frames[0].permute(2, 0, 1)]}
    inputs = processor(text=[prompt], return_tensors="pt", **media)
    seen = {}
    hooks = [
        model.model.language_model.register_forward_pre_hook(lambda m, a, k: seen.update(at=k["position_ids"]), with_kwargs=True),
        model.model.language_model.layers[-1].register_forward_hook(lambda m, i, o: seen.update(raw=o[0] if isinstance(o, tuple) else o)),
    ]
    made = model(**inputs, output_hidden_states=True)
    for hook in hooks:
        hook.remove()
    states = torch.stack([h[0] for h in made.hidden_states])
    logits = made.logits[0, -1]
    ids, margins = greedy(inputs)
    tensors = {f"input.{k}": v for k, v in inputs.items()} | {
        "position_ids": seen["at"][-3:] if seen["at"] is not None else torch.arange(states.shape[1]).expand(3, 1, -1),
        "hidden_states": states,
        "last_layer_raw": seen["raw"].reshape(states.shape[1], -1),
        "logits_last": logits,
        "yes_no_logprob": torch.log_softmax(logits, -1)[[yes, no]],
        "p_yes": torch.softmax(logits[[yes, no]], -1)[:1],
        "embedding_last": unit(states[-1][-1]),
        "embedding_mean": unit(states[-1].mean(0)),
        "greedy_ids": ids,
        "greedy_margin": margins,
    }
    facts = {
        "case": name,
        "kind": kind,
        "architecture": "qwen2_vl",
        "reference_dtype": "float32",
        "mid_layer": layers - 1,
        "yes_token": yes,
        "no_token": no,
        "messages": messages,
        "prompt": prompt,
    }
    if frames is not None:
        tensors["frames"] = frames
        facts |= {"frame_size_hw": list(frames.shape[1:3]), "num_frames": len(frames), "fps": 1.0, "do_sample_frames": False, "resized_hw": list(frames.shape[1:3]), "resized_num_frames": len(frames)}
    (fixture / f"cases/{name}.json").write_text(json.dumps(facts, indent=1) + "\n")
    save_file({k: v.contiguous() for k, v in tensors.items()}, fixture / f"cases/{name}.safetensors")
    print(name, "->", processor.tokenizer.decode(ids))


case("video", "video", WORDS.format("video"), clip(8, 84))
case("match", "video", f"{SAID}\nDoes the video match?", clip(8, 84))
case("image", "image", "Describe the image.", clip(8, 84)[-1:])
case("text_short", "text", f"{SAID}\n{WORDS.format('sentence')}", None)
