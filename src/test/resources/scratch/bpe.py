"""Makes bpe.json: merges that Hugging Face's BpeTrainer learns from counted words.

    pip install tokenizers==0.23.3
    python bpe.py
"""
import json
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

TEXT = """a red star spins, a blue circle rises and a big green square moves up and left
two striped hoops orbit a tiny violet rhombus in front of a checkered background
What colour is the star? Does the video match? Yes No yes no
A little cyan disc: 42 (or 7); naïve café — 日本 🙂"""
COUNTS = {}
bpe = Tokenizer(models.BPE())
bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
for line in TEXT.splitlines() * 3 + ["a red star"] * 5:
    for word, _ in pre_tokenizers.ByteLevel(add_prefix_space=False).pre_tokenize_str(line):
        COUNTS[word] = COUNTS.get(word, 0) + 1
bpe.train_from_iterator(TEXT.splitlines() * 3 + ["a red star"] * 5, trainers.BpeTrainer(
    vocab_size=400, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())))
model = json.loads(bpe.to_str())["model"]
letters = {c: bytes([b]) for b, c in zip(
    list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256)), map(chr, list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))))}
n = 256
for b in range(256):
    if bytes([b]) not in letters.values():
        letters[chr(n)] = bytes([b]); n += 1
words = {b"".join(letters[c] for c in word).decode(): count for word, count in COUNTS.items()}
Path(__file__).with_name("bpe.json").write_text(json.dumps(
    {"words": words, "vocabulary": 400, "tokens": sorted(model["vocab"], key=model["vocab"].get), "merges": model["merges"]}, ensure_ascii=False) + "\n")
