"""Compiles a network with mobileonec and asks the compiler about the result."""

import json
import subprocess

from peers.engines import BENCHMARKS

SOURCE = BENCHMARKS.parent


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True,
                          text=True, **options).stdout


def spec_of(name, build):
    return json.loads(run(build / "bin/mobileonec", "inspect", "--spec", name))


def build_program(name, folder, settings, variant="", runtime=None, flags=()):
    """Compiles folder/fused.safetensors and links what serves the protocol with
    `runtime`, which is the host's if not given."""
    library, program = folder / f"library{variant}", folder / f"latency{variant}"
    run(settings.build / "bin/mobileonec", "compile", name, "--weights",
        folder / "fused.safetensors", "--target", settings.target, *flags,
        "-o", library)
    run(settings.cxx, "-O2", "-std=c++17", f"-DMODEL={name}", f'-DMODEL_HEADER="{name}.h"',
        "-I", library, "-I", SOURCE / "runtime/include",
        BENCHMARKS / "models/latency.cpp", library / f"lib{name}.a",
        runtime or settings.build / "lib/libmobileone_runtime.a", "-lm", "-pthread",
        "-o", program)
    return program


def sizes(name, folder, build):
    """(model, engine) in bytes: the two archives that an app links."""
    return ((folder / f"library/lib{name}.a").stat().st_size,
            (build / "lib/libmobileone_runtime.a").stat().st_size)


def version(folder, name, variant=""):
    return manifest(folder, name, variant)["versions"]["mobileonec"]


def manifest(folder, name, variant=""):
    return json.loads((folder / f"library{variant}" / f"{name}.manifest.json").read_text("utf-8"))


def steps(name, folder, settings, threads, cores):
    """Every step: name, milliseconds, multiply_adds, and its operands."""
    report = json.loads(run(
        "taskset", "-c", ",".join(map(str, cores)), settings.build / "bin/mobileonec", "bench",
        folder / "library", "--layers", "--json", "--seconds", "1", "--threads", threads))
    described = manifest(folder, name)
    program = next(p for p in described["programs"] if p["target"] == report["target"])
    merged = [{"name": timed["name"], "milliseconds": timed["milliseconds"],
               "multiply_adds": timed["multiply_adds"], "schedule": planned["schedule"],
               "operands": planned["operands"]}
              for timed, planned in zip(report["steps"], program["steps"])]
    return {"target": report["target"], "arena_bytes": program["arena_bytes"],
            "scratch_bytes": program["scratch_bytes"],
            "weights_bytes": described["packed_weights"]["bytes"], "steps": merged}
