"""Compares mobileonec with other engines on this machine's GPU: `gpu.sh --help`."""

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import sys

import numpy as np
from safetensors.numpy import save_file

from gpu import measure, ours
from gpu.arguments import build_parser
from gpu.driver import Driver
from gpu.engines import OURS, TITLES
from peers import description, network
from peers.arguments import command_line
from peers.compare import write
from peers.ours import spec_of
from report import gpu as report


@dataclasses.dataclass
class Prepared:
    """A network on disk in one batch and precision."""

    name: str
    batch: int
    precision: str
    folder: pathlib.Path
    engines: list
    launches: int  # Of ours, for a run.


def prepare(name, batch, precision, settings):
    """Writes the network for every engine and compiles ours."""
    folder = settings.build / "benchmarks/gpu" / f"{name}-{batch}-{precision}"
    folder.mkdir(parents=True, exist_ok=True)
    spec = spec_of(name, settings.build)
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    weights = description.random_weights(spec)
    save_file(weights, folder / "fused.safetensors")
    network.build_onnx(spec, weights, str(folder / f"network.{precision}.onnx"), batch, precision)
    image = spec["input"]
    np.random.default_rng(7).standard_normal(
        (batch, image["channels"], image["height"], image["width"])
    ).astype(np.float32).tofile(folder / "input.f32")
    launches = ours.build(name, batch, precision, folder, settings)
    return Prepared(name, batch, precision, folder, [OURS] + settings.engines, launches)


def command_of(engine, prepared, settings):
    python = sys.executable if engine == OURS else settings.python
    return [python, "-m", "gpu.protocol", engine, prepared.folder, prepared.batch,
            prepared.precision]


def describe_run(settings, device):
    """Everything in the JSON but the results."""
    return {
        "format": report.FORMAT, "date": datetime.date.today().isoformat(),
        "gpu": device.name, "capability": device.capability, "driver": device.driver,
        "kernel": platform.release(), "target": settings.target,
        "command": command_line(sys.argv[1:], "benchmarks/gpu.sh"),
        "rounds": settings.rounds, "runs": settings.runs,
        "titles": {name: TITLES[name] for name in [OURS] + settings.engines}, "results": [],
    }


def note(text):
    print(f"== {text}", file=sys.stderr)


def measure_all(settings, run):
    cores = sorted(os.sched_getaffinity(0))
    for precision in settings.precisions:
        for batch in settings.batches:
            for model in settings.models:
                note(f"{model}, batch {batch}, {precision}")
                prepared = prepare(model, batch, precision, settings)
                contest = measure.Contest(
                    prepared, lambda engine, p=prepared: command_of(engine, p, settings), cores,
                    settings, note)
                run["results"].append(contest.measure())


def main():
    settings = build_parser().parse_args()
    settings.build = settings.build.resolve()
    device = Driver().device()
    settings.target = settings.target or ours.target_for(device, settings.build)
    run = describe_run(settings, device)
    try:
        measure_all(settings, run)
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 8
    if settings.json:
        write(settings.json, json.dumps(run, indent=1) + "\n")
    print(report.summary(run))
    return 1 if report.complaints(run) else 0


if __name__ == "__main__":
    sys.exit(main())
