"""Serves one engine on the GPU: the line protocol of peers/protocol.py, in which
`run COUNT` answers with two numbers for each run, the GPU's and the wall's
nanoseconds.

`python -m gpu.protocol ENGINE FOLDER BATCH PRECISION`; FOLDER holds input.f32 and
what the engine needs.
"""

import argparse
import importlib
import json
import os
import pathlib
import sys

import numpy as np

from gpu.driver import Driver


def serve(enqueue, timer, result, requests, answers):
    """Answers requests; `timer` times what `enqueue()` starts."""
    for line in requests:
        verb, argument = line.split(maxsplit=1)
        if verb == "run":
            times = [timer.time(enqueue) for _ in range(int(argument))]
            print(*(time for pair in times for time in pair), file=answers, flush=True)
        elif verb == "output":
            np.ascontiguousarray(result(), dtype=np.float32).tofile(argument.strip())
            print("ok", file=answers, flush=True)


def read_image(folder, batch):
    spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))["input"]
    shape = batch, spec["channels"], spec["height"], spec["width"]
    return np.fromfile(folder / "input.f32", np.float32).reshape(shape)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("batch", type=int)
    parser.add_argument("precision")
    settings = parser.parse_args()
    # Engines print to stdout as they like; the answers go where it led.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    module = importlib.import_module(f"gpu.engine_{settings.engine}")
    driver = Driver()
    driver.use()
    enqueue, stream, result = module.load(
        driver, settings.folder, read_image(settings.folder, settings.batch), settings.precision)
    timer = driver.timer(stream)
    timer.time(enqueue)
    print("ready", "{}", file=answers, flush=True)
    serve(enqueue, timer, result, sys.stdin, answers)


if __name__ == "__main__":
    main()
