"""Makes the fixtures of the text-only decoders: small random checkpoints with what Hugging Face transformers computes on them.

    python3 src/test/parity/text.py TOKENIZER_FOLDER src/test/resources/parity

TOKENIZER_FOLDER is the checkpoint folder of a fixture whose tokenizer is used (qwen3_vl_b). Made with torch 2.7.1,
transformers 5.23.0. `cards.json` of a fixture holds what the released usage of Qwen3-Embedding and Qwen3-Reranker
gives: last-token pooling after an instruction, and the probability of "yes".
"""

import copy
import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

SIZES = dict(
    vocab_size=1152,
    hidden_size=32,
    intermediate_size=72,
    num_hidden_layers=3,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=512,
    rms_norm_eps=1e-6,
)
# as the released folders have them: flat, rope_theta at the top
RELEASED = {
    "qwen2_text_a": {
        "architectures": ["Qwen2ForCausalLM"],
        "model_type": "qwen2",
        "hidden_act": "silu",
        "rope_theta": 1000000.0,
        "sliding_window": 131072,
        "use_sliding_window": False,
        "max_window_layers": 3,
        "tie_word_embeddings": False,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.43.1",
        **SIZES,
        "hidden_size": 24,
    },
    "qwen3_text_a": {
        "architectures": ["Qwen3ForCausalLM"],
        "model_type": "qwen3",
        "attention_bias": False,
        "head_dim": 16,
        "hidden_act": "silu",
        "rope_scaling": None,
        "rope_theta": 1000000,
        "sliding_window": None,
        "use_sliding_window": False,
        "max_window_layers": 3,
        "tie_word_embeddings": True,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.51.3",
        **SIZES,
    },
}
QWEN2_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
TEXTS = {
    "text_short": "A black cat slowly walks along the old castle in 1984.",
    "text_one_word": "Cat",
}
BATCH = ["A rocket runs ", "An old sailor rests under a busy street as people watch. A rocket dances on the kitchen table."]
INSTRUCT = "Given a web search query, retrieve relevant passages that answer the query"
JUDGE = 'Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".'
PAIR = ("a cat on a castle", "A black cat slowly walks along the old castle.")


def chat(name, text):
    system = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n" if name.startswith("qwen2") else ""
    return f"{system}<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def make(name, facts):
    torch.manual_seed(7 if name.startswith("qwen2") else 8)
    rope = {"rope_theta": facts["rope_theta"], "rope_type": "default"}
    kept = {k: v for k, v in facts.items() if k not in ("architectures", "torch_dtype", "transformers_version", "rope_theta", "rope_scaling", "model_type", "max_window_layers", "sliding_window")}
    kind, config = (Qwen2ForCausalLM, Qwen2Config) if name.startswith("qwen2") else (Qwen3ForCausalLM, Qwen3Config)
    model = kind(config(**kept, rope_parameters=rope, attn_implementation="eager")).eval()
    with torch.no_grad():
        for key, p in model.named_parameters():
            if key.endswith("norm.weight"):
                sign = torch.sign(torch.randn_like(p)) if key == "model.norm.weight" and facts["tie_word_embeddings"] else 1
                p.copy_(sign * (1 + 0.2 * torch.randn_like(p)))
            elif key.endswith("bias"):
                p.copy_(0.3 * torch.randn_like(p))
            else:
                p.copy_(torch.randn_like(p) * (0.3 if "embed" in key else 1.2 / p.size(1) ** 0.5))
            p.copy_(p.bfloat16().float())
    return model


def unit(x):
    return torch.nn.functional.normalize(x, dim=-1)


@torch.no_grad()
def reference(model, ids, mid, answers, attention="eager"):
    model.set_attn_implementation(attention)
    raw = []
    hook = model.model.layers[-1].register_forward_hook(lambda m, i, o: raw.append(o[0] if isinstance(o, tuple) else o))
    out = model(input_ids=torch.tensor([ids]), output_hidden_states=True)
    hook.remove()
    states = torch.stack([h[0] for h in out.hidden_states]).float()
    logits = out.logits[0, -1].float()
    logprob = torch.log_softmax(logits, -1)[list(answers)]
    return {
        "hidden_states": states,
        "last_layer_raw": raw[0].reshape(len(ids), -1).float(),
        "logits_last": logits,
        "yes_no_logprob": logprob,
        "p_yes": torch.softmax(logits[list(answers)], -1)[:1],
        "embedding_last": unit(states[-1][-1]),
        "embedding_mean": unit(states[-1].mean(0)),
        "mid_layer_mean": states[mid].mean(0),
        "mid_layer_mean_unit": unit(states[mid].mean(0)),
        "mid_layer_last_unit": unit(states[mid][-1]),
    }


@torch.no_grad()
def greedy(model, ids, steps=8):
    ids, chosen, margins = list(ids), [], []
    for _ in range(steps):
        best = model(input_ids=torch.tensor([ids])).logits[0, -1].float().topk(2)
        chosen.append(int(best.indices[0]))
        margins.append(float(best.values[0] - best.values[1]))
        ids.append(chosen[-1])
    return {"greedy_ids": torch.tensor(chosen), "greedy_margin": torch.tensor(margins)}


def apart(a, b):
    facts = {k: float((a[k] - b[k]).abs().max()) for k in a if k not in ("hidden_states", "last_layer_raw")}
    facts["hidden_states_per_layer"] = [float((x - y).abs().max()) for x, y in zip(a["hidden_states"], b["hidden_states"])]
    return {"eager_vs_sdpa_max_abs": facts}


def inputs(ids):
    return {"input.input_ids": torch.tensor([ids]), "input.attention_mask": torch.ones(1, len(ids), dtype=torch.int64), "position_ids": torch.arange(len(ids))[None]}


def write(folder, case, facts, tensors):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{case}.json").write_text(json.dumps(facts, indent=1) + "\n")
    save_file({k: v.contiguous() for k, v in tensors.items()}, folder / f"{case}.safetensors")


def cards(model, tokenizer, name, yes, no):
    eos = tokenizer.convert_tokens_to_ids("<|endoftext|>")
    cases = []
    for role, text in [("query", f"Instruct: {INSTRUCT}\nQuery:{PAIR[0]}"), ("document", PAIR[1])]:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"] + [eos]
        made = reference(model, ids, 1, (yes, no))
        cases.append({"role": role, "text": PAIR[0] if role == "query" else PAIR[1], "ids": ids, "embedding": made["embedding_last"].tolist()})
    prompt = (
        f"<|im_start|>system\n{JUDGE}<|im_end|>\n<|im_start|>user\n<Instruct>: {INSTRUCT}\n<Query>: {PAIR[0]}\n<Document>: {PAIR[1]}"
        "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
    )
    ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    logits = reference(model, ids, 1, (yes, no))["logits_last"]
    match = {"query": PAIR[0], "document": PAIR[1], "prompt": prompt, "yes_token": yes, "no_token": no, "p_yes": float(torch.sigmoid(logits[yes] - logits[no]))}
    return {"embed": cases, "match": match}


def fixture(name, facts, source, target):
    folder = target / name
    checkpoint = folder / "checkpoint"
    checkpoint.mkdir(parents=True, exist_ok=True)
    model = make(name, facts)
    (checkpoint / "config.json").write_text(json.dumps(facts, indent=1) + "\n")
    tokenizer_json = json.loads((source / "tokenizer.json").read_text())
    if name.startswith("qwen3"):
        # as Qwen3-Embedding: the tokenizer itself ends every text with <|endoftext|>
        end = next(t["id"] for t in tokenizer_json["added_tokens"] if t["content"] == "<|endoftext|>")
        tokenizer_json["post_processor"] = {
            "type": "Sequence",
            "processors": [
                tokenizer_json["post_processor"],
                {
                    "type": "TemplateProcessing",
                    "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}],
                    "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}],
                    "special_tokens": {"<|endoftext|>": {"id": "<|endoftext|>", "ids": [end], "tokens": ["<|endoftext|>"]}},
                },
            ],
        }
    (checkpoint / "tokenizer.json").write_text(json.dumps(tokenizer_json, separators=(",", ":"), ensure_ascii=False))
    if name.startswith("qwen2"):
        (checkpoint / "tokenizer_config.json").write_text(json.dumps({"chat_template": QWEN2_TEMPLATE}) + "\n")
    tokenizer = AutoTokenizer.from_pretrained(source)
    weights = {k: v.bfloat16() for k, v in model.state_dict().items() if not (facts["tie_word_embeddings"] and k == "lm_head.weight")}
    if name.startswith("qwen3"):
        # Qwen3-Embedding is released in the names of the bare model
        weights = {k.removeprefix("model."): v for k, v in weights.items()}
    save_file(weights, checkpoint / "model.safetensors", metadata={"format": "pt"})
    yes, no = tokenizer("Yes", add_special_tokens=False)["input_ids"][0], tokenizer("No", add_special_tokens=False)["input_ids"][0]
    mid = 2
    common = {"fixture": name, "architecture": facts["model_type"], "mid_layer": mid, "yes_token": yes, "no_token": no}
    half = copy.deepcopy(model).bfloat16()

    def row(text):
        ids = tokenizer(chat(name, text), add_special_tokens=False)["input_ids"]
        eager = reference(model, ids, mid, (yes, no))
        return ids, eager, apart(eager, reference(model, ids, mid, (yes, no), "sdpa"))

    for case, text in TEXTS.items():
        ids, eager, distance = row(text)
        made = reference(half, ids, mid, (yes, no))
        tensors = {**inputs(ids), **eager, **greedy(model, ids)}
        tensors.update({f"bf16.{k}": made[k] for k in ("embedding_last", "embedding_mean", "p_yes")})
        content = [{"role": "user", "content": [{"type": "text", "text": text}]}]
        write(folder / "cases", case, {**common, "case": case, "text": text, "messages": content, "prompt": chat(name, text), "reference": distance}, tensors)
    facts_of_batch, tensors = {**common, "case": "text_batch", "texts": BATCH, "prompts": [chat(name, t) for t in BATCH]}, {}
    for i, text in enumerate(BATCH):
        ids, eager, facts_of_batch[f"row{i}"] = row(text)
        tensors.update({f"row{i}.{k}": v for k, v in {**inputs(ids), **eager}.items() if k != "hidden_states" or i == 0})
    write(folder / "cases", "text_batch", facts_of_batch, tensors)
    lower = [tokenizer(w, add_special_tokens=False)["input_ids"] for w in ("yes", "no")]
    (folder / "cards.json").write_text(json.dumps({"answers": lower, **cards(model, tokenizer, name, lower[0][0], lower[1][0])}, indent=1) + "\n")


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for name, facts in RELEASED.items():
        shutil.rmtree(target / name, ignore_errors=True)
        fixture(name, facts, source, target)


if __name__ == "__main__":
    main()
