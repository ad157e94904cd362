"""What one inference executes, and whether it computes what it should."""

import json
import os
import pathlib
import tempfile

import numpy as np

from peers import arm64, ours
from peers.engines import OURS
from peers.worker import Worker

# Of logits, between an engine and our f32.
TOLERANCE = {"f32": 1e-3, "f16": 5e-2}
# Seconds until an answer is given up; the largest network takes a minute alone.
LIMIT = 3600


def operations(first, second, settings):
    """What `second` executed more than `first`, both files of mobileone-count."""
    return json.loads(ours.run(settings.build / "bin/mobileone-estimate", settings.core,
                               second, "--less", first, "--json"))


def count(name, command, settings):
    """(operations, logits) of an inference of the engine `name`. `command` gives
    its command line for the file that the counts go to."""
    core = sorted(os.sched_getaffinity(0))[-1:]
    with tempfile.TemporaryDirectory() as scratch:
        files = [pathlib.Path(scratch) / f"counts{runs}.txt" for runs in range(2)]
        logits = pathlib.Path(scratch) / "logits"
        for runs, file in enumerate(files):
            worker = Worker(name, command(file), core, arm64.folder(settings.build) / f"{name}.log",
                            limit=LIMIT)
            worker.run(runs)
            worker.ask(f"output {logits}")
            worker.close()
        return operations(*files, settings), np.fromfile(logits, np.float32)


def count_ours(model, folder, precision, settings):
    """(operations, logits) of our library, and its version."""
    variant = f"-arm64-{precision}"
    flags = () if precision == "f32" else ("--precision", precision)
    program = ours.build_program(
        model, folder, settings, variant, flags=flags,
        runtime=arm64.folder(settings.build) / "runtime/lib/libmobileone_runtime.a")
    result = count(OURS, lambda file: arm64.emulated(settings.build, file, program,
                                                     folder / "input.f32", 1,
                                                     "cold"), settings)
    return *result, ours.version(folder, model, variant)


def count_peer(engine, folder, precision, settings):
    return count(engine.name, lambda file: arm64.serving(engine, settings.build, file, folder,
                                                         precision), settings)


def judged(figures, logits, expected, precision):
    """`figures` with how far the result is off; an error where it is too far."""
    off = float(np.abs(logits - expected).max()) if logits.shape == expected.shape else np.inf
    if not off <= TOLERANCE[precision]:
        raise ValueError(f"computes something else: logits are off by {off:.3g}")
    return {**figures, "off_by": off}
