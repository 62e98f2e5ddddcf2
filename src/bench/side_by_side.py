"""Vidvec beside Hugging Face transformers: the same folder, threads and inputs, one run of each by turns.

Vidvec runs as a process that is told its jobs through a pipe (vidvec bench embed --jobs), transformers in this one.
README.md beside this file tells how to run it; --quick tries every row on a small checkpoint.
"""

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROWS = {
    "equal_fp32": "decoder and vision tower, 8 frames, fp32",
    "equal_bf16": "decoder and vision tower, 8 frames, bf16",
    "layer24": "an embedding at layer 24 of 28 against output_hidden_states",
    "texts": "32 texts of 5 to 200 tokens against a padded batch",
    "short_bf16": "a text of 16 tokens, bf16",
    "short_int8": "a text of 16 tokens, int8 matrices against bf16",
    "query20": "a query over 20 remembered videos against 20 full passes",
    "prefix": "second query against a remembered video, share of the full pass",
    "exit": "early exit at layer L of N, share of the decoder",
    "files": "file to vector: decode, processor, model",
    "memory": "loading: peak memory over the weights",
}
# rows of one configuration share a process of each kind
GROUPS = [
    ("fp32", ["equal_fp32"]),
    ("bf16", ["memory", "equal_bf16", "layer24", "short_bf16", "query20", "prefix", "exit", "files", "texts"]),
    ("int8", ["short_int8"]),
]
# passes of half a minute: fewer turns, and of the short ones several in each
FEW = 3
BLOCK = 5
TEXT = "A man in a gray sweater throws a ball for his dog in the snow."


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="checkpoint of vidvec bench checkpoint")
    parser.add_argument("--vidvec", default="./vidvec", help="the command; default %(default)s")
    parser.add_argument("--only", default=",".join(ROWS), help="rows, with commas between; default all: %(default)s")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--warmups", type=int, default=1)
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--side", type=int, default=336, help="pixels along an edge of a made-up frame")
    parser.add_argument("--media", type=Path, help="folder of clips for the row files")
    parser.add_argument("--clips", type=int, default=5, help="how many of them, spread evenly; 0 for all")
    parser.add_argument("--file-runs", type=int, default=1, help="runs of each clip")
    parser.add_argument("--json", type=Path, help="also write the table there")
    parser.add_argument("--quick", action="store_true", help="tries the script: few runs, small frames")
    options = parser.parse_args()
    if options.quick:
        options.runs, options.warmups, options.side, options.clips = 2, 1, 112, 2
    if options.model is None:
        parser.error("--model is needed; [vidvec bench checkpoint --out DIR] makes one")
    unknown = set(options.only.split(",")) - set(ROWS)
    if unknown:
        parser.error(f"unknown rows {sorted(unknown)}; known are {list(ROWS)}")
    return options


OPTIONS = arguments()
# before torch is loaded
os.environ["OMP_NUM_THREADS"] = str(OPTIONS.threads)

import numpy as np  # noqa: E402
import torch  # noqa: E402
from transformers import AutoProcessor, Qwen2VLForConditionalGeneration  # noqa: E402

torch.set_num_threads(OPTIONS.threads)


class Vidvec:
    """A process of Vidvec."""

    def __init__(self, dtype):
        command = [*OPTIONS.vidvec.split(), "bench", "embed", "--jobs", "--model", str(OPTIONS.model.resolve()),
                   "--dtype", dtype, "--threads", str(OPTIONS.threads)]
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

    def wake(self):
        """As Transformers.wake."""
        self.do("video", frames=2, side=56, text="a")

    def memory(self):
        """MB by name, of the JVM itself (the command may be a script that started it)."""
        fields = {}
        for line in Path(f"/proc/{jvm(self.process.pid)}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in ("VmHWM", "VmRSS", "RssAnon", "RssFile"):
                fields[name] = int(value.split()[0]) / 1024
        return fields

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def jvm(pid):
    while Path(f"/proc/{pid}/comm").read_text().strip() != "java":
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if not children:
            return pid
        pid = int(children[0])
    return pid


class Transformers:
    """The reference in this process."""

    def __init__(self, dtype):
        self.dtype = torch.float32 if dtype == "fp32" else torch.bfloat16
        self.whole = Qwen2VLForConditionalGeneration.from_pretrained(OPTIONS.model, dtype=self.dtype).eval()
        self.model = self.whole.model
        self.processor = AutoProcessor.from_pretrained(OPTIONS.model)
        self.attention("sdpa")

    def attention(self, name):
        self.whole.set_attn_implementation(name)
        self.name = name

    @torch.inference_mode()
    def run(self, inputs, hidden_states=False):
        out = self.model(**inputs, use_cache=False, output_hidden_states=hidden_states)
        return out.hidden_states if hidden_states else out.last_hidden_state

    def wake(self):
        """Reads all weights once: a host takes memory back from a guest that leaves it alone for half a minute."""
        pixels = torch.from_numpy(frames(2, 56))
        out = self.processor.video_processor(videos=[pixels], do_sample_frames=False, return_tensors="pt")
        tokens = int(out["video_grid_thw"].prod()) // 4
        ids = torch.tensor([[100] + [self.whole.config.video_token_id] * tokens + [101]])
        self.run({"input_ids": ids, "attention_mask": torch.ones_like(ids),
                  "pixel_values_videos": out["pixel_values_videos"].to(self.dtype), "video_grid_thw": out["video_grid_thw"],
                  "mm_token_type_ids": torch.where(ids == self.whole.config.video_token_id, 2, 0)})

    def fastest(self, inputs, warm=True, **how):
        """Chooses sdpa or eager by the faster of one run each, after one that warms up; gives what the run of sdpa gave."""
        if warm:
            self.run(inputs, **how)
        best, outputs = {}, []
        for name in ("eager", "sdpa"):
            self.attention(name)
            best[name] = millis(lambda: outputs.append(self.run(inputs, **how)))
        self.attention(min(best, key=best.get))
        return outputs[-1]

    def close(self):
        del self.whole, self.model
        gc.collect()


def millis(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


def frames(count, side):
    """The same pixels as Pictures.java: [count, 3, side, side] uint8."""
    t, c, y, x = np.ogrid[:count, :3, :side, :side]
    return ((7 * x + 13 * y + 29 * t + 53 * c + ((x * y) & 63)) & 255).astype(np.uint8)


def video_inputs(reference, answer):
    """What Vidvec read, with the reference's own patches."""
    pixels = torch.from_numpy(frames(OPTIONS.frames, OPTIONS.side))
    out = reference.processor.video_processor(videos=[pixels], do_sample_frames=False, return_tensors="pt")
    ids = torch.tensor([answer["ids"]])
    config = reference.whole.config
    return {
        "input_ids": ids, "attention_mask": torch.ones_like(ids),
        "position_ids": torch.tensor(answer["positions"])[:, None],
        "pixel_values_videos": out["pixel_values_videos"].to(reference.dtype),
        "video_grid_thw": out["video_grid_thw"],
        "mm_token_type_ids": torch.where(ids == config.video_token_id, 2, 0),
    }


def attention_gflop(config, inputs):
    """Billions of operations in the products of queries and keys, and of weights and values: frames see themselves, tokens
    what is before them."""
    vision, text = config.vision_config, config.text_config
    frames = sum(int(t) * int(h * w) ** 2 for t, h, w in inputs["video_grid_thw"])
    tokens = inputs["input_ids"].shape[1]
    return (4 * frames * vision.embed_dim * vision.depth
            + 2 * tokens * (tokens + 1) * text.hidden_size * text.num_hidden_layers) / 1e9


def cosine(a, b):
    a, b = (torch.as_tensor(v).double().flatten() for v in (a, b))
    return float(a @ b / (a.norm() * b.norm()))


def by_turns(*works, runs=None, warmups=None):
    """Median milliseconds of each, run by turns."""
    warmups = OPTIONS.warmups if warmups is None else warmups
    times = [[] for _ in works]
    for i in range(warmups + (runs or OPTIONS.runs)):
        for n, work in enumerate(works):
            ms = work()
            if i >= warmups:
                times[n].append(ms)
    return [statistics.median(t) for t in times]


TABLE = []


def row(name, ours, theirs, reach, **more):
    values = {"row": name, "what": ROWS[name.split(" ")[0]], "vidvec_ms": ours, "transformers_ms": theirs,
              "times_faster": theirs / ours if theirs else None, "reach": reach, **more}
    TABLE.append(values)
    shown = {k: round(v, 4) if isinstance(v, float) else v for k, v in values.items() if v is not None}
    print(json.dumps(shown), flush=True)


class Bench:
    """The rows of one configuration."""

    def __init__(self, dtype, wanted):
        self.dtype = dtype
        self.wanted = wanted
        self.ours = Vidvec(dtype)
        self.ours_loaded = None
        self.theirs = None
        self.video = {"frames": OPTIONS.frames, "side": OPTIONS.side, "text": TEXT}

    def run(self):
        before = self.ours_memory_before()
        self.ours_loaded = self.ours.do("load")
        for name in self.wanted:
            if name == "memory":
                self.memory(before)
            else:
                if self.theirs is None and name not in ("prefix", "exit"):
                    self.theirs = Transformers(self.dtype)
                getattr(self, name.split("_")[0])()
        self.ours.close()
        if self.theirs is not None:
            self.theirs.close()

    def ours_memory_before(self):
        # an unknown job is refused: then the JVM is up
        self.ours.process.stdin.write('{"job": "hello"}\n')
        self.ours.process.stdin.flush()
        self.ours.process.stdout.readline()
        return self.ours.memory()

    def memory(self, before):
        weights = sum(f.stat().st_size for f in OPTIONS.model.glob("*.safetensors")) / 2**20
        peak = self.ours.memory()
        row("memory", self.ours_loaded["ms"], None, "peak at most weights + 15 %", weights_mb=weights,
            before_mb=before["VmHWM"], peak_mb=peak["VmHWM"], anonymous_mb=peak["RssAnon"], mapped_mb=peak["RssFile"],
            share=peak["VmHWM"] / weights, form=self.ours_loaded["form"])

    def equal(self):
        answer = self.ours.do("video", **self.video)
        inputs = video_inputs(self.theirs, answer)
        self.theirs.fastest(inputs)
        state = self.theirs.run(inputs)[0, -1]
        rates = []

        def ours():
            self.ours.wake()
            ms = self.ours.do("video", **self.video)["ms"]
            rates.append(self.ours.do("products", **self.video))
            return ms

        ms, other = by_turns(ours, lambda: self.timed(inputs))
        products = statistics.median(r["ms"] for r in rates[OPTIONS.warmups:])
        rate = statistics.median(r["gflops"] for r in rates[OPTIONS.warmups:])
        gflop = products * rate / 1e3 + attention_gflop(self.theirs.whole.config, inputs)
        row(f"equal_{self.dtype}", ms, other, "1.0 x and 85 % of the GEMM rate",
            share_of_gemm_rate=gflop / (ms / 1e3) / rate, gemm_gflops=rate,
            share_of_product_time=products / ms, tokens=len(answer["ids"]),
            attention=self.theirs.name, cosine=cosine(answer["states"][0], state), form=self.ours_loaded["form"])

    def timed(self, inputs, **how):
        self.theirs.wake()
        return millis(lambda: self.theirs.run(inputs, **how))

    def awake(self, job, **values):
        self.ours.wake()
        return self.ours.do(job, **values)["ms"]

    def layer24(self):
        layers = self.ours_loaded["layers"]
        layer = layers * 24 // 28
        answer = self.ours.do("video", layer=layer, **self.video)
        inputs = video_inputs(self.theirs, answer)
        state = self.theirs.run(inputs, hidden_states=True)[layer][0, -1]
        ms, other = by_turns(lambda: self.awake("video", layer=layer, **self.video),
                             lambda: self.timed(inputs, hidden_states=True),
                             runs=min(FEW, OPTIONS.runs))
        row("layer24", ms, other, "1.15 x", attention=self.theirs.name, cosine=cosine(answer["states"][0], state))

    def texts(self):
        lengths = [5 + i * 195 // 31 for i in range(32)]
        texts = [[100 + (i * 37 + n) % 800 for i in range(length)] for n, length in enumerate(lengths)]
        ids = torch.full((32, max(lengths)), 100)
        mask = torch.zeros_like(ids)
        for n, text in enumerate(texts):
            ids[n, :len(text)] = torch.tensor(text)
            mask[n, :len(text)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        self.theirs.wake()
        states = self.theirs.fastest(inputs, warm=False)
        answer = self.ours.do("ids", ids=texts)
        worst = min(cosine(answer["states"][n], states[n, len(t) - 1]) for n, t in enumerate(texts))
        ms, other = by_turns(lambda: self.awake("ids", ids=texts), lambda: self.timed(inputs),
                             runs=min(FEW, OPTIONS.runs), warmups=0)
        row("texts", ms, other, "1.5 x", attention=self.theirs.name, worst_cosine=worst)

    def short(self):
        text = [100 + i * 37 % 800 for i in range(16)]
        inputs = {"input_ids": torch.tensor([text]), "attention_mask": torch.ones(1, 16, dtype=torch.long)}
        self.theirs.fastest(inputs)
        state = self.theirs.run(inputs)[0, -1]
        answer = self.ours.do("ids", ids=[text])
        rates = []

        # a queue of short texts, not one after a pause: half a second of idling makes the next pass a third slower
        def ours():
            times = [self.ours.do("ids", ids=[text])["ms"] for _ in range(1 + BLOCK)][1:]
            rates.append(self.ours.do("products", tokens=16)["ms"])
            return statistics.median(times)

        def theirs():
            return statistics.median([millis(lambda: self.theirs.run(inputs)) for _ in range(1 + BLOCK)][1:])

        ms, other = by_turns(ours, theirs)
        int8 = self.dtype == "int8"
        row(f"short_{self.dtype}", ms, other, "3 x, cosine 0.99" if int8 else "1.3 x", attention=self.theirs.name,
            share_of_product_time=statistics.median(rates[OPTIONS.warmups:]) / ms,
            cosine=cosine(answer["states"][0], state), form=self.ours_loaded["form"])

    def query20(self):
        answer = self.ours.do("video", **self.video)
        inputs = video_inputs(self.theirs, answer)
        self.ours.do("remember", times=20, **self.video)
        # a pass of twenty is twenty passes of one: no work is shared
        ms, other = by_turns(lambda: self.awake("match", **self.video), lambda: self.timed(inputs),
                             runs=min(FEW, OPTIONS.runs))
        self.ours.do("forget")
        row("query20", ms, 20 * other, "8 x", attention=self.theirs.name)

    def prefix(self):
        self.ours.do("remember", times=1, **self.video)
        ms, full = by_turns(lambda: self.ours.do("match", **self.video)["ms"],
                            lambda: self.ours.do("match", full=True, **self.video)["ms"], runs=min(FEW, OPTIONS.runs))
        self.ours.do("forget")
        row("prefix", ms, None, "at most 10 % of the full pass", full_ms=full, share=ms / full)

    def exit(self):
        """The decoder alone: a text as long as the video's sequence."""
        layers = self.ours_loaded["layers"]
        tokens = [100 + i * 37 % 800 for i in range(600)]
        wanted = sorted({1, layers // 4, layers // 2, layers * 6 // 7, layers} - {0})
        times = by_turns(*[lambda n=n: self.awake("ids", ids=[tokens], layer=n) for n in wanted])
        shares = {n: round(ms / times[-1], 3) for n, ms in zip(wanted, times)}
        worst = max(ms / times[-1] - n / layers for n, ms in zip(wanted, times))
        row("exit", times[-1], None, "at most L/N + 5 %", shares=shares, worst_over=worst)

    def files(self):
        if OPTIONS.media is None:
            print("files: give --media", file=sys.stderr)
            return
        clips = sorted(f for f in OPTIONS.media.iterdir() if f.suffix in (".mp4", ".webm", ".mkv", ".avi", ".ts"))
        clips = [f for f in clips if not is_hdr(f)]
        count = OPTIONS.clips or len(clips)
        chosen = clips[::max(1, len(clips) // count)][:count]
        ratios, sums, cosines = [], [0, 0], []
        for clip in chosen:
            ms, other, similarity = self.file(clip)
            ratios.append(other / ms)
            sums[0] += ms
            sums[1] += other
            cosines.append(similarity)
            print(f"# {clip.name}: {ms:.0f} ms against {other:.0f} ms, cosine {similarity:.5f}", flush=True)
        row("files", sums[0], sums[1], "1.3 x", clips=len(chosen), median_ratio=statistics.median(ratios),
            worst_ratio=min(ratios), worst_cosine=min(cosines), attention=self.theirs.name)

    def file(self, clip):
        ours, theirs = [], []
        for i in range(OPTIONS.file_runs):
            answer = self.ours.do("file", path=str(clip.resolve()), frames=OPTIONS.frames, text=TEXT)
            ours.append(answer["ms"])
            positions = torch.tensor(answer["positions"])[:, None]
            state = []
            theirs.append(millis(lambda: state.append(self.reference_file(clip, positions))))
            if self.read_ids != answer["ids"]:
                raise SystemExit(f"files: transformers reads {len(self.read_ids)} tokens of {clip.name}, "
                                 f"Vidvec {len(answer['ids'])}, or others")
        return statistics.median(ours), statistics.median(theirs), cosine(answer["states"][0], state[0])

    def reference_file(self, clip, positions):
        """The same prompt: a bare placeholder, whose tokens have the places of words."""
        video = pyav_frames(clip, OPTIONS.frames)
        inputs = self.theirs.processor(text=[f"<|video_pad|>{TEXT}"], videos=[video], do_sample_frames=False,
                                       cap_pixels_per_frame=False, return_tensors="pt")
        self.read_ids = inputs["input_ids"][0].tolist()
        inputs["position_ids"] = positions
        inputs["pixel_values_videos"] = inputs["pixel_values_videos"].to(self.theirs.dtype)
        return self.theirs.run(dict(inputs))[0, -1]


def is_hdr(path):
    """PQ or HLG (H.273): Vidvec maps their tones, PyAV does not, so they would not see the same."""
    import av

    with av.open(str(path)) as container:
        return container.streams.video[0].codec_context.color_trc in (16, 18)


def pyav_frames(path, count):
    """Frames at linspace(0, n - 1, count), as transformers' own PyAV reader takes them."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        # containers that do not tell: some packets (hidden frames of VP8) show nothing
        total = stream.frames or sum(1 for _ in container.decode(stream))
        container.seek(0)
        wanted = set(np.linspace(0, total - 1, count).astype(int).tolist())
        found = []
        for i, frame in enumerate(container.decode(stream)):
            if i in wanted:
                found.append(frame.to_ndarray(format="rgb24"))
            if i >= max(wanted):
                break
    return torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2)


def main():
    wanted = OPTIONS.only.split(",")
    print(f"# torch {torch.__version__}, threads {OPTIONS.threads}, runs {OPTIONS.runs}", flush=True)
    for dtype, names in GROUPS:
        chosen = [n for n in names if n in wanted]
        if chosen:
            Bench(dtype, chosen).run()
    print(f"\n{'row':12} {'vidvec ms':>11} {'reference':>11} {'times':>7}  reach; more")
    for r in TABLE:
        more = {k: round(v, 4) if isinstance(v, float) else v for k, v in list(r.items())[6:]}
        other = f"{r['transformers_ms']:11.1f} {r['times_faster']:7.2f}" if r["transformers_ms"] else " " * 19
        print(f"{r['row']:12} {r['vidvec_ms']:11.1f} {other}  {r['reach']}; {more}")
    if OPTIONS.json:
        OPTIONS.json.write_text(json.dumps(TABLE, indent=1) + "\n")


if __name__ == "__main__":
    main()
