"""Eight uniform frames per clip, in turn with Vidvec, PyAV and torchcodec.

    python src/bench/decode_side_by_side.py CLIPS [--repeat 5] [--vidvec ./vidvec] [--json FILE]

Needs av, torchcodec (with FFmpeg's libraries), torch and numpy. CLIPS is a folder.

Each clip is decoded by every method once to warm up (Vidvec's JVM is warm as it is in a node), then
REPEAT times in rotation; the table has the median of each in milliseconds of wall clock, from opening
the file to full-size RGB: numpy.linspace(0, n - 1, 8) rounded down. PyAV counts packets, then decodes
on and converts the wanted frames ("forward"), or seeks to the key frame before each ("seek"); both
with one thread and with FFmpeg's choice. torchcodec is exact (seek_mode="exact"), with one thread, its
default, and with two. The faster of the two is the method with the smallest sum over the clips. A clip
that one of them can't decode is left out of all sums.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import time

import av
import numpy
from torchcodec.decoders import VideoDecoder


def linspace8(n):
    return sorted(set(numpy.linspace(0, n - 1, 8).astype(int).tolist()))


def pyav_forward(threads):
    def decode(path):
        with av.open(path) as container:
            stream = container.streams.video[0]
            n = sum(1 for packet in container.demux(stream) if packet.size and not packet.is_discard)
        wanted = set(linspace8(n))
        frames = []
        with av.open(path) as container:
            stream = container.streams.video[0]
            set_threads(stream, threads)
            for i, frame in enumerate(container.decode(stream)):
                if i in wanted:
                    frames.append(frame.to_ndarray(format="rgb24"))
                    if len(frames) == len(wanted):
                        break
        return len(frames)

    return decode


def pyav_seek(threads):
    def decode(path):
        with av.open(path) as container:
            stream = container.streams.video[0]
            times = sorted(p.pts for p in container.demux(stream) if p.size and not p.is_discard)
            set_threads(stream, threads)
            frames = 0
            for i in linspace8(len(times)):
                container.seek(times[i], stream=stream)
                for frame in container.decode(stream):
                    if frame.pts >= times[i]:
                        frame.to_ndarray(format="rgb24")
                        frames += 1
                        break
        return frames

    return decode


def set_threads(stream, threads):
    if threads == 1:
        stream.thread_count = 1
    else:
        stream.thread_type = "AUTO"


def torchcodec_exact(threads):
    def decode(path):
        decoder = VideoDecoder(
            path, seek_mode="exact", dimension_order="NHWC", num_ffmpeg_threads=threads
        )
        frames = decoder.get_frames_at(linspace8(len(decoder))).data.numpy()
        return len(frames)

    return decode


class Vidvec:
    """One JVM that answers file names with times."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            [command, "bench", "decode", "--serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, path):
        self.process.stdin.write(os.path.abspath(path) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        self.wall_ms = answer["wall_ms"]
        return answer["frames"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def timed(method, path):
    start = time.perf_counter()
    frames = method(path)
    wall = (time.perf_counter() - start) * 1000
    # the way through the pipe is not decoding
    return getattr(method, "wall_ms", wall), frames


def measure(methods, path, repeat):
    """Milliseconds by method, and frames by method; raises nothing."""
    runs, failures = {}, {}
    for turn in range(repeat + 1):
        for name, method in methods.items():
            if name in failures:
                continue
            try:
                wall, frames = timed(method, path)
            except Exception as e:  # each library has its own
                failures[name] = str(e).strip().splitlines()[0][:90] if str(e).strip() else repr(e)
                continue
            if turn:
                runs.setdefault(name, []).append((wall, frames))
    medians = {n: statistics.median(w for w, _ in r) for n, r in runs.items() if n not in failures}
    counts = {n: r[0][1] for n, r in runs.items() if n not in failures}
    return medians, counts, failures


def best(medians, prefix):
    return min((ms for name, ms in medians.items() if name.startswith(prefix)), default=None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=pathlib.Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--vidvec", default="./vidvec", help="the command, or a script like it")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()

    vidvec = Vidvec(args.vidvec)
    methods = {
        "vidvec": vidvec,
        "pyav forward 1": pyav_forward(1),
        "pyav forward auto": pyav_forward(0),
        "pyav seek 1": pyav_seek(1),
        "pyav seek auto": pyav_seek(0),
        "torchcodec 1": torchcodec_exact(1),
        "torchcodec 2": torchcodec_exact(2),
    }
    print(f"{'clip':26} {'vidvec':>8} {'pyav':>8} {'torchc.':>8}   ms, median of {args.repeat};")
    print("of pyav and torchcodec the best configuration of each clip")
    sums, rows = {}, []
    for path in sorted(p for p in args.clips.iterdir() if p.is_file()):
        medians, counts, failures = measure(methods, str(path), args.repeat)
        rows.append({"clip": path.name, "ms": medians, "frames": counts, "failures": failures})
        three = [best(medians, name) for name in ("vidvec", "pyav", "torchcodec")]
        cells = " ".join(f"{ms:8.1f}" if ms is not None else "   fails" for ms in three)
        print(f"{path.name:26} {cells}", flush=True)
        if None not in three:
            for name in medians:
                sums[name] = sums.get(name, 0) + medians[name]
    vidvec.close()
    print("\nsums over the clips that all decode:")
    for name, ms in sums.items():
        print(f"  {name:26} {ms:9.1f} ms")
    faster = min((ms, name) for name, ms in sums.items() if name != "vidvec")
    default = min(sums["pyav forward auto"], sums["torchcodec 1"])
    print(f"vidvec / the fastest of the others ({faster[1]}): {sums['vidvec'] / faster[0]:.2f}")
    print(f"vidvec / the faster with default threads: {sums['vidvec'] / default:.2f}")
    if args.json:
        args.json.write_text(json.dumps({"rows": rows, "sums": sums}, indent=1))


if __name__ == "__main__":
    main()
