"""Compiles random networks and compares them with the reference interpreter.

Draws networks that nobody trains: odd widths, odd and tiny maps, 1 to 6 parallel
branches, squeeze-excite here and there, strides 1 and 2, every input type and
head, batches of 1 to 3. `mobileonec verify` compiles each for the given targets, runs it and
compares every kernel with the interpreter. Prints the spec of each failure.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys

CHANNELS = [1, 2, 3, 5, 7, 8, 11, 16, 17, 24, 31, 32, 33, 48, 63, 64, 80, 96, 100]


def random_stage(draw):
    blocks = draw.randint(1, 3)
    stage = {
        "channels": draw.choice(CHANNELS),
        "blocks": blocks,
        "branches": draw.choice([1, 1, 2, 3, 4, 5, 6]),
        "stride": draw.choice([1, 2, 2]),
        "se_blocks": draw.choice([0, 0, 0, 1, blocks]),
    }
    if stage["se_blocks"] and draw.random() < 0.5:
        stage["se_hidden"] = draw.randint(1, 9)
    return stage


def random_input(draw):
    channels = draw.choice([1, 3, 3, 3, 4, 5])
    image = {"height": draw.randint(1, 70), "width": draw.randint(1, 70), "channels": channels}
    image["type"] = draw.choice(["f32", "f32", "u8"])
    image["layout"] = "nhwc" if image["type"] == "u8" else draw.choice(["nchw", "nhwc"])
    if image["type"] == "u8" or draw.random() < 0.3:
        image["mean"] = [round(draw.uniform(50, 130), 2) for _ in range(channels)]
        image["std"] = [round(draw.uniform(40, 80), 2) for _ in range(channels)]
    return image


def random_heads(draw, stages):
    heads = []
    kind = draw.choice(["classifier", "classifier", "features", "both"])
    if kind != "features":
        heads.append({"kind": "classifier", "classes": draw.choice([1, 2, 3, 10, 17, 100, 1000])})
    if kind != "classifier":
        names = ["stem"] + [f"stage{i + 1}" for i in range(stages)]
        chosen = draw.sample(names, draw.randint(1, len(names)))
        heads.append({"kind": "features", "stages": sorted(chosen),
                      "layout": draw.choice(["nchw", "nhwc"])})
    return heads


def random_spec(seed):
    draw = random.Random(seed)
    stages = [random_stage(draw) for _ in range(draw.randint(1, 4))]
    spec = {
        "spec_version": 1,
        "name": f"random_{seed}",
        "input": random_input(draw),
        "stem": {"channels": draw.choice(CHANNELS), "branches": draw.choice([1, 1, 2, 4]),
                 "stride": draw.choice([1, 2])},
        "stages": stages,
        "heads": random_heads(draw, len(stages)),
    }
    spec["input"]["batch"] = draw.choice([1, 1, 2, 3])
    return spec


def verify(arguments, seed):
    """Returns None, or what `mobileonec verify` said about the failure."""
    spec = arguments.folder / f"random_{seed}.json"
    spec.write_text(json.dumps(random_spec(seed), indent=1))
    command = ["mobileonec", "verify", str(spec), "--random-weights", str(seed),
               "--target", arguments.target, "--precision", arguments.precision]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if result.returncode == 0:
        spec.unlink()
        return None
    return f"{' '.join(command)}\nexit {result.returncode}\n{result.stdout}{result.stderr}"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=1, help="seed of the first network")
    parser.add_argument("--target", required=True, help="as of mobileonec verify")
    parser.add_argument("--precision", default="f32", help="as of mobileonec verify")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="keeps failing specs")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    seeds = range(arguments.first, arguments.first + arguments.count)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = [f for f in pool.map(lambda seed: verify(arguments, seed), seeds) if f]
    print("\n".join(failures))
    print(f"{arguments.count - len(failures)} of {arguments.count} networks agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
