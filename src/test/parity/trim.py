"""Copies what the tests compare out of complete parity fixtures. No dependencies.

    python3 src/test/parity/trim.py FIXTURES src/test/resources/parity [FIXTURE ...]

FIXTURES holds the complete folders. A fixture's line names the cases that are kept, what is dropped from all of them,
and the checkpoint files that are kept.
"""

import fnmatch
import json
import pathlib
import shutil
import struct
import sys

SMALL = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "*preprocessor_config.json", "processor_config.json"]
WEIGHTS = ["*.safetensors", "*.safetensors.index.json"]
# read by no test; both paddings of text_batch are in row*, right.row*
UNUSED = ["bf16.hidden_states", "left.*", "right.last_hidden_state", "right.input_ids", "*attention_mask"]
# pixel_values are compared in the case that is named here; elsewhere resized_frames are
PIXELS = ["input.pixel_values*"]

STATES = ["hidden_states", "layer_inputs", "last_layer_raw", "classic.hidden_states", "logits_last"]

FIXTURES = {
    "paligemma_a": {
        "cases": {
            "image": [],
            "frames4": [*PIXELS, "frames", "last_layer_raw", "attention_allowed"],
            "frames3_odd_suffix": [*PIXELS, "frames", "vision.block.*", "vision.patch_embed"],
            "text_causal": [],
            "text_short": [],
            "text_batch": ["row*.attention_allowed", "row1.hidden_states", "row1.last_layer_raw", "*.logits_last"],
        },
        "files": SMALL + WEIGHTS,
        "tokenizer_cases": True,
        "folders": {"kv_former": {"text": [], "video": ["full.hidden_states", "full.attention_allowed", *PIXELS]}},
    },
    "paligemma_b": {
        "cases": {},
        "files": ["config.json"],
        "tokenizer_cases": False,
    },
    "video_llama_3_a": {
        "cases": {
            "image": ["vision.*", "hidden_states", "last_layer_raw", "logits_last"],
            "video_odd": [*PIXELS, "resized_frames", "vision.*", "hidden_states", "last_layer_raw", "logits_last"],
            "video_uncompressed": [*PIXELS, "resized_frames", "vision.*", "hidden_states", "last_layer_raw", "logits_last"],
        },
        "files": SMALL,
        "tokenizer_cases": True,
    },
    "video_llama_3_b": {
        "cases": {
            "video": PIXELS,
            "text_short": [],
            "text_batch": ["row1.hidden_states", "row1.last_layer_raw"],
        },
        "files": SMALL + WEIGHTS,
        "tokenizer_cases": False,
    },
    "videollama3_qwen2_a": {
        "cases": {
            "image": ["hidden_states", "last_layer_raw", "vision.block.[01]"],
            "video": [*PIXELS, "vision.block.[01]"],
            "video_times": [*PIXELS, "vision.*", "hidden_states", "last_layer_raw", "resized_frames"],
            "video_rerank": [*PIXELS, "vision.*", "hidden_states", "last_layer_raw", "resized_frames"],
            "text_short": [],
            "text_system": ["hidden_states", "last_layer_raw"],
        },
        "files": SMALL + WEIGHTS,
        "tokenizer_cases": True,
    },
    "qwen3_vl_a": {
        "cases": {
            "image": [*PIXELS, "vision.*", *STATES],
            "video_odd": [*PIXELS, "frames", "resized_frames", "vision.*", *STATES],
            "video_sampled": [*PIXELS, "frames", "resized_frames", "vision.*", *STATES],
        },
        "files": SMALL + ["chat_template.*"],
        "tokenizer_cases": False,
    },
    "qwen3_vl_b": {
        "cases": {
            "video": ["resized_frames"],
            "text_short": ["bf16.*"],
            "text_batch": ["row1.hidden_states", "row1.last_layer_raw", "row1.layer_inputs", "*.bf16.*"],
        },
        "files": SMALL + WEIGHTS + ["chat_template.*"],
        "tokenizer_cases": False,
    },
    "qwen2_5_vl_a": {
        "cases": {
            "image": [*PIXELS, "resized_frames"],
            "video": [*PIXELS, *STATES, "vision.*", "frames", "resized_frames", "*embedding*", "*logits*", "bf16.*"],
            "video_many_frames": [*PIXELS, *STATES, "vision.*", "frames", "resized_frames", "*embedding*", "*logits*"],
            "video_odd": [*PIXELS, *STATES, "vision.*", "frames", "resized_frames", "*embedding*", "*logits*"],
            "video_rerank": [*PIXELS, *STATES, "vision.*", "resized_frames"],
            "text_short": [],
            "text_batch": ["*hidden_states", "*last_layer_raw"],
        },
        "files": SMALL + WEIGHTS,
        "tokenizer_cases": False,
    },
}


def read(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def trim_tensors(source, target, dropped):
    header, data = read(source)
    kept, parts, at = {}, [], 0
    for name, entry in header.items():
        if name == "__metadata__" or any(fnmatch.fnmatchcase(name, pattern) for pattern in dropped):
            continue
        begin, end = entry["data_offsets"]
        kept[name] = {**entry, "data_offsets": [at, at + end - begin]}
        parts.append(data[begin:end])
        at += end - begin
    text = json.dumps(kept, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    target.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def trim(source, target, rule):
    (target / "cases").mkdir(parents=True, exist_ok=True)
    (target / "checkpoint").mkdir(exist_ok=True)
    for case, dropped in rule["cases"].items():
        trim_tensors(source / f"cases/{case}.safetensors", target / f"cases/{case}.safetensors", UNUSED + dropped)
        facts = json.loads((source / f"cases/{case}.json").read_text())
        facts.pop("tensors", None)
        (target / f"cases/{case}.json").write_text(json.dumps(facts, indent=1) + "\n")
    for folder, kept in rule.get("folders", {}).items():
        # small files with weights of their own beside the cases
        (target / folder).mkdir(exist_ok=True)
        for file in (source / folder).glob("*.safetensors"):
            trim_tensors(file, target / folder / file.name, kept.get(file.stem, []))
        for file in (source / folder).glob("*.json"):
            facts = json.loads(file.read_text())
            facts.pop("tensors", None)
            (target / folder / file.name).write_text(json.dumps(facts, indent=1) + "\n")
    for pattern in rule["files"]:
        for file in (source / "checkpoint").glob(pattern):
            shutil.copyfile(file, target / "checkpoint" / file.name)
    if rule["tokenizer_cases"]:
        shutil.copyfile(source / "tokenizer_cases.json", target / "tokenizer_cases.json")


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for name in sys.argv[3:] or FIXTURES:
        trim(source / name, target / name, FIXTURES[name])


if __name__ == "__main__":
    main()
