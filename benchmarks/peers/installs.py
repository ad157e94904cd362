"""Installs each engine into a virtual environment of its own."""

import subprocess

from peers.engines import BENCHMARKS


def environment(engine, build):
    """The folder of the engine's virtual environment."""
    return build / "benchmarks" / "engines" / engine.name


def python_of(engine, build):
    return environment(engine, build) / "bin" / "python"


def install(engine, build):
    """What was in the way, in one line, or None. Quick where it is all there."""
    script = '. compiler/cmake/setup.sh && setup_venv "$1" "$2"'
    done = subprocess.run(
        ["bash", "-c", script, "install", environment(engine, build), engine.requirements],
        cwd=BENCHMARKS.parent, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else "cannot install: " + last_line(done.stderr)


def last_line(text):
    """Of what a failed program wrote: usually the one that says why."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no message"])[-1]
