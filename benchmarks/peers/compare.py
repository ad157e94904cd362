"""Compares mobileonec with other engines on this machine.

One process per engine, pinned to the same core or cores, measured in turns:
every round asks each engine for a few runs and measures the core's multiply-add
peak, so that all see the same machine. The table gives minimum and median over
all rounds; the percentages are against the highest peak measured.
"""

import argparse
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import sys

import numpy as np
from safetensors.numpy import save_file
from tabulate import tabulate
from tqdm import tqdm

from peers import network

ENGINES = ["onnxruntime", "openvino"]
SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Engine:
    """A measured process; see protocol.py for what it understands."""

    def __init__(self, name, command, cores):
        self.name, self.times = name, []
        pinned = ["taskset", "-c", ",".join(map(str, cores))] + command
        environment = dict(os.environ, PYTHONPATH=str(SOURCE / "benchmarks"))
        self.process = subprocess.Popen(pinned, env=environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._line() != "ready":
            raise RuntimeError(f"{name} did not start: {' '.join(command)}")

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended early")
        return line.strip()

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self._line()

    def measure(self, warmup, runs):
        self.ask(f"run {warmup}")
        self.times += [int(t) / 1e6 for t in self.ask(f"run {runs}").split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def build_ours(spec_name, weights, folder, arguments):
    """Compiles and links the model; returns the program that serves it."""
    run(arguments.build / "bin/mobileonec", "compile", spec_name, "--weights", weights,
        "--target", arguments.target, "-o", folder / "library")
    run(arguments.cxx, "-O2", "-std=c++17", f"-DMODEL={spec_name}",
        f'-DMODEL_HEADER="{spec_name}.h"', "-I", folder / "library",
        "-I", SOURCE / "runtime/include", SOURCE / "benchmarks/models/latency.cpp",
        folder / f"library/lib{spec_name}.a", arguments.build / "lib/libmobileone_runtime.a",
        "-lm", "-pthread", "-o", folder / "latency")
    return folder / "latency"


def prepare(spec_name, arguments):
    """Writes weights, ONNX network and input; returns what starts each engine."""
    folder = arguments.build / "benchmarks" / spec_name
    folder.mkdir(parents=True, exist_ok=True)
    text = subprocess.run([arguments.build / "bin/mobileonec", "inspect", "--spec", spec_name],
                          check=True, capture_output=True, text=True).stdout
    spec = json.loads(text)
    weights = network.random_weights(spec)
    save_file(weights, folder / "fused.safetensors")
    network.build_onnx(spec, weights, str(folder / "network.onnx"))
    image = spec["input"]
    data = np.random.default_rng(7).standard_normal(
        (1, image["channels"], image["height"], image["width"])).astype(np.float32)
    np.save(folder / "input.npy", data)
    data.tofile(folder / "input.f32")
    ours = build_ours(spec_name, folder / "fused.safetensors", folder, arguments)
    commands = {"mobileonec": [str(ours), str(folder / "input.f32"), str(arguments.threads)]}
    for engine in ENGINES:
        commands[engine] = [sys.executable, "-m", "peers.protocol", engine,
                            str(folder / "network.onnx"), str(folder / "input.npy"),
                            str(arguments.threads)]
    return spec, folder, commands


def check_agreement(engines, folder):
    """Every engine's logits against the first's: the largest difference."""
    results = []
    for engine in engines:
        engine.ask(f"output {folder / engine.name}.f32")
        results.append(np.fromfile(folder / f"{engine.name}.f32", np.float32))
    for engine, result in zip(engines, results):
        if not np.allclose(result, results[-1], rtol=1e-3, atol=1e-3):
            raise RuntimeError(f"{engine.name} computes something else than {engines[-1].name}")
    return max(float(np.abs(r - results[0]).max()) for r in results)


def measure(spec_name, arguments, cores):
    """One network: times of every engine in ms, and the peak in GFLOP/s."""
    spec, folder, commands = prepare(spec_name, arguments)
    peak = Engine("peak", [str(arguments.build / "bin/mobileone-peak")], cores[:1])
    engines = [Engine(name, command, cores) for name, command in commands.items()]
    difference = check_agreement(engines, folder)
    rotation = itertools.cycle(range(len(engines)))
    for _ in tqdm(range(arguments.rounds), desc=spec_name, disable=None):
        first = next(rotation)
        for engine in engines[first:] + engines[:first]:
            engine.measure(3, arguments.runs)
        peak.times += [float(g) for g in peak.ask("run 5").split()]
    for engine in engines + [peak]:
        engine.close()
    return {
        "model": spec_name, "threads": arguments.threads,
        "multiply_adds": network.multiply_adds(spec),
        "peak_gflops": max(peak.times) * arguments.threads,
        "max_difference_of_logits": difference,
        "engines": {e.name: {"min_ms": min(e.times), "median_ms": statistics.median(e.times),
                             "runs": len(e.times)} for e in engines},
    }


def report(results):
    """The table for people, one row per network."""
    names = list(results[0]["engines"])
    rows = []
    for result in results:
        engines = result["engines"]
        ours = engines["mobileonec"]["min_ms"]
        rest = min(e["min_ms"] for n, e in engines.items() if n != "mobileonec")
        of_peak = 2e-6 * result["multiply_adds"] / ours / result["peak_gflops"]
        rows.append([result["model"]] + [f"{engines[n]['min_ms']:.2f} / {engines[n]['median_ms']:.2f}"
                                         for n in names]
                    + [f"{rest / ours:.3f}", f"{100 * of_peak:.1f}%"])
    return tabulate(rows, ["min / median ms"] + names + ["best peer / ours", "of FMA peak"],
                    tablefmt="github")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default=",".join(f"mobileone_s{i}" for i in range(5)))
    parser.add_argument("--target", default="host")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--runs", type=int, default=20, help="per engine and round")
    parser.add_argument("--build", type=pathlib.Path, default=SOURCE / "build")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--json", type=pathlib.Path, help="writes the figures there")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    cores = sorted(os.sched_getaffinity(0))[-arguments.threads:]
    results = [measure(m, arguments, cores) for m in arguments.models.split(",")]
    print(report(results))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n")
    slower = [r["model"] for r in results
              if r["engines"]["mobileonec"]["min_ms"]
              > min(e["min_ms"] for e in r["engines"].values())]
    if slower:
        print("slower than the best peer on", ", ".join(slower))
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
