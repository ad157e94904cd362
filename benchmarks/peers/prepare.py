"""Writes one network in the form of every engine."""

import dataclasses
import json
import pathlib
import subprocess

import numpy as np
from safetensors.numpy import save_file

from peers import description, installs, network, ours
from peers.engines import BENCHMARKS, ENGINES, OURS


@dataclasses.dataclass
class Prepared:
    """A network on disk, and which engines can read it."""

    name: str
    spec: dict
    folder: pathlib.Path
    engines: list
    missing: dict  # From an engine to the reason.

    @property
    def multiply_adds(self):
        return description.multiply_adds(self.spec)


def convert(engine, folder, settings):
    """The reason why the engine cannot have the network, or None."""
    if not engine.converts:
        return None
    done = subprocess.run(
        [installs.python_of(engine, settings.build), "-m", "peers.convert", engine.name, folder],
        env={"PYTHONPATH": str(BENCHMARKS), "PATH": "/usr/bin:/bin"}, capture_output=True,
        text=True, check=False)
    return None if done.returncode == 0 else "cannot convert: " + installs.last_line(done.stderr)


def write_network(name, build):
    """Writes spec, weights, ONNX and input; returns the spec and the folder."""
    folder = build / "benchmarks" / name
    folder.mkdir(parents=True, exist_ok=True)
    spec = ours.spec_of(name, build)
    (folder / "spec.json").write_text(json.dumps(spec))
    weights = description.random_weights(spec)
    save_file(weights, folder / "fused.safetensors")
    network.build_onnx(spec, weights, str(folder / "network.onnx"))
    image = spec["input"]
    data = np.random.default_rng(7).standard_normal(
        (1, image["channels"], image["height"], image["width"])).astype(np.float32)
    np.save(folder / "input.npy", data)
    data.tofile(folder / "input.f32")
    return spec, folder


def prepare(name, engines, settings):
    """Writes the network and what the engines make of it."""
    spec, folder = write_network(name, settings.build)
    ours.build_program(name, folder, settings)
    prepared = Prepared(name, spec, folder, [OURS], {})
    for engine in engines:
        reason = convert(ENGINES[engine], folder, settings)
        if reason:
            prepared.missing[engine] = reason
        else:
            prepared.engines.append(engine)
    return prepared
