"""Reference values of the embedding heads that ViLL-E compares (section 3.2, Table 7b), by PyTorch's own functions.

    python src/test/parity/heads.py src/test/resources/parity/heads        # torch 2.7.1
"""

import json
import math
import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch.nn.functional import gelu, linear, normalize, scaled_dot_product_attention

HIDDEN, HEADS, TOKENS, MLP, STATES = 16, 2, 5, 24, 7

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
torch.manual_seed(11)
states = torch.randn(STATES, HIDDEN)


def weights(*names):
    shapes = {"tokens": (TOKENS, HIDDEN), "mlp_up": (MLP, HIDDEN), "mlp_down": (HIDDEN, MLP)}
    w = {}
    for name in names:
        if name.endswith("_tokens"):
            w[name] = torch.randn(shapes["tokens"]) * 0.7
            continue
        shape = shapes.get(name, (HIDDEN, HIDDEN))
        w[name + ".weight"] = torch.randn(shape) * (1.5 / math.sqrt(shape[1]))
        if name in ("mlp_up", "mlp_down", "linear"):
            w[name + ".bias"] = torch.randn(shape[0]) * 0.2
    return w


def two_layers(w, x):
    h = gelu(linear(x, w["mlp_up.weight"], w["mlp_up.bias"]), approximate="tanh")
    return linear(h, w["mlp_down.weight"], w["mlp_down.bias"])


def heads(x):
    return x.view(x.shape[0], HEADS, -1).transpose(0, 1)


def attend(w, queries, keys, values):
    q = heads(linear(queries, w["query.weight"]))
    o = scaled_dot_product_attention(q, heads(keys), heads(values))
    return linear(o.transpose(0, 1).reshape(queries.shape), w["output.weight"])


def head(kind, w):
    x = states
    if kind == "mean":
        return x
    if kind == "linear":
        return linear(x, w["linear.weight"], w["linear.bias"])
    if kind == "mlp":
        return two_layers(w, x)
    if kind == "kv_former":
        return two_layers(w, attend(w, x, w["key_tokens"], w["value_tokens"]))
    if kind == "k_former":
        return two_layers(w, attend(w, x, w["key_tokens"], w["key_tokens"]))
    keys, values = linear(x, w["key.weight"]), linear(x, w["value.weight"])
    asking = w["query_tokens"] if kind == "q_former" else x
    return two_layers(w, attend(w, asking, keys, values))


KINDS = {
    "kv_former": ("query", "key_tokens", "value_tokens", "output", "mlp_up", "mlp_down"),
    "k_former": ("query", "key_tokens", "output", "mlp_up", "mlp_down"),
    "q_former": ("query", "query_tokens", "key", "value", "output", "mlp_up", "mlp_down"),
    "self_attention": ("query", "key", "value", "output", "mlp_up", "mlp_down"),
    "mlp": ("mlp_up", "mlp_down"),
    "linear": ("linear",),
    "mean": (),
}
expected = {"hidden_size": HIDDEN, "num_attention_heads": HEADS, "num_pooling_tokens": TOKENS, "mlp_dim": MLP}
expected["states"] = states.flatten().tolist()
for kind, names in KINDS.items():
    w = weights(*names)
    if w:
        save_file(w, folder / f"{kind}.safetensors")
    expected[kind] = normalize(head(kind, w).mean(0), dim=0).tolist()
(folder / "heads.json").write_text(json.dumps(expected) + "\n")
