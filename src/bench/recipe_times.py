"""How long the recipes of the shipped models take on cores that nothing else uses.

Runs the first steps of each recipe that docs/tiny has a log of, with the rates, batches and data of its own, and multiplies
the mean time of a step, after some to warm up, by the steps that the log has. Every run begins with the weights of --model
and --adapter: a step takes as long whatever they are. README.md beside this file says more.
"""

import argparse
import json
import shlex
import statistics
import subprocess
import tempfile
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipes", type=Path, default=Path("src/main/recipes"), help="default %(default)s")
    parser.add_argument("--logs", type=Path, default=Path("docs/tiny"), help="default %(default)s")
    parser.add_argument("--model", type=Path, default=Path("models/tiny"), help="default %(default)s")
    parser.add_argument("--adapter", type=Path, default=Path("models/tiny-vlm2vec"), help="default %(default)s")
    parser.add_argument("--train", default="./vidvec train", help="the command; default %(default)s")
    parser.add_argument("--warmups", type=int, default=4, help="steps that are not counted; default %(default)s")
    parser.add_argument("--steps", type=int, default=8, help="steps that are; default %(default)s")
    return parser.parse_args()


def seconds(log):
    """Of each step."""
    return [json.loads(line)["seconds"] for line in log.read_text().splitlines()]


def shortened(recipe, steps, options, folder):
    """The first steps of a recipe, as a run that needs no other."""
    run = json.loads(recipe.read_text())
    optimizer = run["optimizer"]
    optimizer["fall_steps"] = max(optimizer.get("fall_steps", run["steps"]), steps)
    run.update(steps=steps, output="run", checkpoint_every=steps)
    run.pop("evaluation", None)
    if isinstance(run["model"], str):
        run["model"] = str(options.model.resolve())
    if "from" in run.get("lora", {}):
        run["lora"]["from"] = str(options.adapter.resolve())
    file = folder / "RUN.json"
    file.write_text(json.dumps(run))
    return file


def step_time(recipe, options):
    """Seconds, the mean."""
    with tempfile.TemporaryDirectory() as folder:
        file = shortened(recipe, options.warmups + options.steps, options, Path(folder))
        ran = subprocess.run(shlex.split(options.train) + [str(file)], capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"{recipe} ended with {ran.returncode}:\n{ran.stderr}")
        return statistics.mean(seconds(file.parent / "run" / "log.jsonl")[options.warmups:])


def main():
    options = arguments()
    logs = {log.stem: seconds(log) for log in options.logs.glob("*.jsonl")}
    alone = logged = 0
    print(f"{'recipe':28} {'steps':>6} {'s a step':>9} {'h':>6} {'h of all':>9} {'h of all by the logs':>21}")
    for name, log in sorted(logs.items(), key=lambda entry: -sum(entry[1])):
        step = step_time(options.recipes / f"{name}.json", options)
        alone += step * len(log) / 3600
        logged += sum(log) / 3600
        print(f"{name:28} {len(log):6} {step:9.2f} {step * len(log) / 3600:6.2f} {alone:9.2f} {logged:21.2f}", flush=True)


if __name__ == "__main__":
    main()
