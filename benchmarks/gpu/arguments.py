"""The command line of gpu.sh."""

import argparse
import pathlib

from gpu.engines import PEERS
from peers.arguments import counts, names, positive
from peers.engines import BENCHMARKS

DESCRIPTION = """\
Compares mobileonec with other engines on this machine's first NVIDIA GPU: the same
fused networks with the same random weights, input and output in the GPU's memory.

Every engine is a process of its own. Rounds ask each in turn for some runs; each run
is timed by CUDA events around it and by the wall's clock until the GPU is done. What
is called by Python, ours too, has Python's microseconds in both.

Engines: """ + ", ".join(PEERS) + """.
They are used where the interpreter of --python has them, and named with the reason
where it does not. Where there is no GPU nothing is measured.
"""

EPILOG = """\
examples:
  bash benchmarks/gpu.sh --models mobileone_s0 --batches 1 --engines pytorch
  bash benchmarks/gpu.sh --python ~/venv/bin/python --json all.json

exit status: 0, also without a GPU; 1 where another engine was faster or one that was
asked for is missing; 2 for a wrong command line.
"""

PRECISIONS = ["f32", "f16"]


def build_parser():
    models = [f"mobileone_s{i}" for i in range(5)]
    parser = argparse.ArgumentParser(
        prog="benchmarks/gpu.sh", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--models", default=models, type=lambda text: names(models, text), metavar="M1,M2",
        help="built-in networks (all five)")
    add("--engines", default=PEERS, type=lambda text: names(PEERS, text), metavar="E1,E2",
        help="to compare with (all)")
    add("--batches", default=[1, 64], type=counts, metavar="N1,N2", help="(1,64)")
    add("--precisions", default=PRECISIONS, type=lambda text: names(PRECISIONS, text),
        metavar="P1,P2", help="(f32,f16)")
    add("--rounds", default=10, type=positive, help="(10)")
    add("--runs", default=30, type=positive, help="per engine and round (30)")
    add("--limit", default=1800, type=positive, metavar="S",
        help="seconds until an engine that does not answer is given up (1800)")
    add("--python", default="python3", metavar="PATH",
        help="interpreter that has the engines and numpy (python3)")
    add("--target", default="", help="that mobileonec compiles for (the GPU's)")
    add("--json", type=pathlib.Path, metavar="FILE", help="write the figures there")
    add("--build", type=pathlib.Path, default=BENCHMARKS.parent / "build", help=argparse.SUPPRESS)
    add("--cxx", default="c++", help="C++ compiler that links our side (c++)")
    return parser
