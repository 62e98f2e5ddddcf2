"""Makes the files of this folder: a small Qwen2-VL checkpoint with random weights.

    pip install numpy==2.4.6 safetensors==0.8.0 tokenizers==0.23.3     # Python 3.11 or later
    python make.py [FOLDER]                                            # default: where this file lies

The same seed and versions give the same bytes. The tokenizer is a real byte-level BPE with Qwen's
special tokens, trained on the sentences below; "Yes", "yes", "No" and "no" are one token each, because
the reranking head reads them. The layout is that of the released Qwen2-VL checkpoints.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SEED = 20260
BASE_VOCABULARY = 1200  # at most, before the special tokens; these sentences give 1072

HIDDEN, LAYERS, HEADS, KV_HEADS, INTERMEDIATE = 96, 4, 6, 2, 256
VISION, VISION_LAYERS, VISION_HEADS = 64, 3, 4
PATCH, TEMPORAL, MERGE = 14, 2, 2

SPECIAL_TOKENS = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>",
    "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>",
    "<|image_pad|>", "<|video_pad|>",
]

# Qwen2's pre-tokenizer
WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

CHAT_TEMPLATE = (
    "{% for m in messages %}{% if loop.first and m['role'] != 'system' %}"
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ m['role'] }}\n"
    "{% if m['content'] is string %}{{ m['content'] }}{% else %}{% for c in m['content'] %}"
    "{% if c['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif c['type'] == 'video' %}<|vision_start|><|video_pad|><|vision_end|>"
    "{% else %}{{ c['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

TEXT = """
You are a helpful assistant. system user assistant
Find a video that contains the following visual content:
Understand the content of the provided video.
Represent the given image.
Find the clip that corresponds to the given sentence and video segment:
Select the video clip that aligns with the given text and image:
Caption: a person walks along the beach at sunset.
Does the above video match the caption? Answer "Yes" or "No".
Does the above image match the caption? Answer "Yes" or "No".
Yes yes No no Yes. No. yes, no, Yes or No?
A dog catches a frisbee on the beach while people watch.
A black cat sleeps on a warm window sill in the afternoon sun.
Two children play football in a green park near the river.
A woman in a red dress dances on a stage under bright lights.
A man in a gray sweater throws a ball for his dog in the snow.
The camera pans slowly across a city skyline at night.
Cars and buses drive through a busy street in the rain.
A chef cuts vegetables on a wooden board in a small kitchen.
Steam rises from a cup of coffee on a table.
A train leaves the station and crosses a long bridge.
An airplane takes off from the runway into a cloudy sky.
Waves break against the rocks below a white lighthouse.
A flock of birds flies above the lake in the early morning.
A bee lands on a yellow flower and flies away again.
Horses run across a field with mountains in the background.
A rocket lifts off, leaving a trail of smoke and fire.
An astronaut floats inside the space station and waves at the camera.
The earth turns slowly, seen from space, with clouds above the ocean.
A potter shapes a bowl of clay on a spinning wheel.
A musician plays the guitar and sings in front of a crowd.
Hands play the piano; the keys move quickly.
A skier goes down a steep slope and jumps over a hill.
A swimmer dives into the pool and swims to the other side.
A climber holds on to the rock and looks down.
Snow falls on a quiet forest while the wind moves the trees.
Lava flows down the side of a volcano and glows red in the dark.
Fish swim around a coral reef in clear blue water.
A turtle crawls over the sand toward the sea.
An elephant and her calf walk through tall grass.
A lion rests in the shade of a tree and yawns.
A robot arm picks up a box and puts it on a shelf.
A farmer drives a tractor over a field of wheat.
Bricks are laid one after another to build a wall.
A girl with a blue backpack rides a bicycle to school.
A teacher writes numbers on the board: 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10.
The news anchor talks about the weather of the coming week.
A crowd cheers as the runner crosses the finish line.
Fireworks explode above the harbour at midnight.
A time-lapse of stars moving over the desert.
A drone flies over a forest in autumn colours, orange and brown.
Someone opens a book, turns the pages, and closes it again.
A close-up of an eye that blinks twice.
A cartoon rabbit hops through the meadow and laughs at a butterfly.
An old black and white film of people leaving a factory.
A screen recording shows how to install a program.
It's raining; they're late, we've lost the umbrella and I'm cold.
"""


def tokenizer() -> Tokenizer:
    bpe = Tokenizer(models.BPE(byte_fallback=False))
    bpe.normalizer = normalizers.NFC()
    bpe.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(WORDS), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    bpe.decoder = decoders.ByteLevel()
    # the answers a hundred times: each must become one token
    lines = TEXT.strip().splitlines() + ["Yes\nyes\nNo\nno\n Yes\n yes\n No\n no"] * 100
    bpe.train_from_iterator(lines, trainers.BpeTrainer(
        vocab_size=BASE_VOCABULARY, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())))
    bpe.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in SPECIAL_TOKENS])
    for answer in ("Yes", "yes", "No", "no"):
        assert len(bpe.encode(answer).ids) == 1, answer
    return bpe


def weights(vocabulary: int) -> dict[str, np.ndarray]:
    """Products of variance one, norms and biases away from their neutral values."""
    random = np.random.default_rng(SEED)
    tensors = {}

    def product(name: str, *shape: int, gain: float = 1.0, bias: bool = False):
        fan_in = int(np.prod(shape[1:]))
        tensors[name + ".weight"] = random.normal(0, gain / np.sqrt(fan_in), shape)
        if bias:
            tensors[name + ".bias"] = random.normal(0, 0.1, shape[0])

    def norm(name: str, size: int, bias: bool = False):
        tensors[name + ".weight"] = random.normal(1, 0.1, size)
        if bias:
            tensors[name + ".bias"] = random.normal(0, 0.1, size)

    head = HIDDEN // HEADS
    tensors["model.embed_tokens.weight"] = random.normal(0, 1, (vocabulary, HIDDEN))
    for i in range(LAYERS):
        layer = f"model.layers.{i}."
        norm(layer + "input_layernorm", HIDDEN)
        # queries and keys above variance one: attention that looks at something, not at everything alike
        product(layer + "self_attn.q_proj", HEADS * head, HIDDEN, gain=1.5, bias=True)
        product(layer + "self_attn.k_proj", KV_HEADS * head, HIDDEN, gain=1.5, bias=True)
        product(layer + "self_attn.v_proj", KV_HEADS * head, HIDDEN, bias=True)
        product(layer + "self_attn.o_proj", HIDDEN, HEADS * head, gain=2)
        norm(layer + "post_attention_layernorm", HIDDEN)
        product(layer + "mlp.gate_proj", INTERMEDIATE, HIDDEN)
        product(layer + "mlp.up_proj", INTERMEDIATE, HIDDEN)
        product(layer + "mlp.down_proj", HIDDEN, INTERMEDIATE)
    norm("model.norm", HIDDEN)
    product("lm_head", vocabulary, HIDDEN)

    product("visual.patch_embed.proj", VISION, 3, TEMPORAL, PATCH, PATCH)
    for i in range(VISION_LAYERS):
        block = f"visual.blocks.{i}."
        norm(block + "norm1", VISION, bias=True)
        product(block + "attn.qkv", 3 * VISION, VISION, bias=True)
        product(block + "attn.proj", VISION, VISION, bias=True)
        norm(block + "norm2", VISION, bias=True)
        product(block + "mlp.fc1", 4 * VISION, VISION, bias=True)
        product(block + "mlp.fc2", VISION, 4 * VISION, bias=True)
    norm("visual.merger.ln_q", VISION, bias=True)
    merged = MERGE * MERGE * VISION
    product("visual.merger.mlp.0", merged, merged, bias=True)
    product("visual.merger.mlp.2", HIDDEN, merged, bias=True)
    return {name: np.ascontiguousarray(t, dtype=np.float16) for name, t in sorted(tensors.items())}


def config(ids: dict[str, int], vocabulary: int) -> dict:
    head = HIDDEN // HEADS
    height = width = (head // 2) * 3 // 8
    return {
        "architectures": ["Qwen2VLForConditionalGeneration"],
        "model_type": "qwen2_vl",
        "attention_dropout": 0.0,
        "bos_token_id": ids["<|endoftext|>"],
        "eos_token_id": ids["<|im_end|>"],
        "pad_token_id": ids["<|endoftext|>"],
        "vision_start_token_id": ids["<|vision_start|>"],
        "vision_end_token_id": ids["<|vision_end|>"],
        "vision_token_id": ids["<|vision_pad|>"],
        "image_token_id": ids["<|image_pad|>"],
        "video_token_id": ids["<|video_pad|>"],
        "hidden_act": "silu",
        "hidden_size": HIDDEN,
        "initializer_range": 0.02,
        "intermediate_size": INTERMEDIATE,
        "max_position_embeddings": 4096,
        "max_window_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_hidden_layers": LAYERS,
        "num_key_value_heads": KV_HEADS,
        "rms_norm_eps": 1e-06,
        "rope_theta": 1000000.0,
        "rope_scaling": {"type": "mrope", "mrope_section": [head // 2 - height - width, height, width]},
        "sliding_window": 4096,
        "tie_word_embeddings": False,
        "torch_dtype": "float16",
        "use_cache": True,
        "use_sliding_window": False,
        "vocab_size": vocabulary,
        "vision_config": {
            "depth": VISION_LAYERS,
            "embed_dim": VISION,
            "hidden_size": HIDDEN,
            "in_chans": 3,
            "mlp_ratio": 4,
            "num_heads": VISION_HEADS,
            "patch_size": PATCH,
            "spatial_merge_size": MERGE,
            "spatial_patch_size": PATCH,
            "temporal_patch_size": TEMPORAL,
        },
    }


PREPROCESSOR = {
    "image_processor_type": "Qwen2VLImageProcessor",
    "processor_class": "Qwen2VLProcessor",
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
    "min_pixels": 4 * (PATCH * MERGE) ** 2,
    "max_pixels": 24 * (PATCH * MERGE) ** 2,  # 24 tokens for two frames: a clip takes milliseconds
    "patch_size": PATCH,
    "temporal_patch_size": TEMPORAL,
    "merge_size": MERGE,
}

CARD = {"random_weights": True, "licence": "Apache-2.0"}


def write(file: Path, content: dict):
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    bpe = tokenizer()
    bpe.save(str(folder / "tokenizer.json"), pretty=False)
    ids = {token: bpe.token_to_id(token) for token in SPECIAL_TOKENS}
    vocabulary = -(-bpe.get_vocab_size() // 64) * 64
    write(folder / "config.json", config(ids, vocabulary))
    write(folder / "generation_config.json", {
        "bos_token_id": ids["<|endoftext|>"], "eos_token_id": ids["<|im_end|>"], "pad_token_id": ids["<|endoftext|>"],
        "do_sample": False,
    })
    write(folder / "preprocessor_config.json", PREPROCESSOR)
    write(folder / "tokenizer_config.json", {
        "tokenizer_class": "Qwen2Tokenizer", "add_prefix_space": False, "bos_token": None, "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>", "unk_token": None, "errors": "replace", "clean_up_tokenization_spaces": False,
        "model_max_length": 4096, "chat_template": CHAT_TEMPLATE,
        "added_tokens_decoder": {str(i): {
            "content": token, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False,
            "special": True} for token, i in ids.items()},
    })
    write(folder / "vidvec.json", CARD)
    save_file(weights(vocabulary), folder / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
