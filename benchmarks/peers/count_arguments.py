"""The command line of arm64.sh."""

import argparse
import pathlib

from peers.arguments import names
from peers.engines import BENCHMARKS

DESCRIPTION = """\
Counts the instructions that an inference executes on arm64, of mobileonec and of
other engines' packages for arm64, in QEMU's user-mode emulator, and for how long
they occupy a core at least: one thread, batch 1, the same fused networks with the
same random weights. An estimate that leaves out caches; not a measurement.

Each engine is run twice, without an inference and with one; the difference is
classified by `mobileonec bench --estimate`'s own code. Results are compared too.
"""

EPILOG = """\
exit status: 0; 1 where another engine needs fewer instructions or one that was
asked for is missing; 2 for a wrong command line.
"""

PEERS = ("ncnn", "litert")
MODELS = [f"mobileone_s{i}" for i in range(5)]


def build_parser():
    parser = argparse.ArgumentParser(
        prog="benchmarks/arm64.sh", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--models", default=["mobileone_s0", "mobileone_s1", "mobileone_s4"],
        type=lambda text: names(MODELS, text), metavar="M1,M2",
        help="built-in networks (S0, S1 and S4)")
    add("--engines", default=list(PEERS), type=lambda text: names(PEERS, text),
        metavar="E1,E2", help=f"to compare with ({','.join(PEERS)})")
    add("--precisions", default=["f32", "f16"], type=lambda text: names(["f32", "f16"], text),
        metavar="P1,P2", help="(f32,f16)")
    add("--core", default="iphone12", metavar="NAME",
        help="an arm64 core that `bench --estimate` knows (iphone12)")
    add("--keep", type=pathlib.Path, metavar="FILE",
        help="take other engines' figures from there where version, core and emulator are the same")
    add("--json", type=pathlib.Path, metavar="FILE", help="write the figures there")
    add("--build", type=pathlib.Path, default=BENCHMARKS.parent / "build", help=argparse.SUPPRESS)
    parser.set_defaults(target="arm64-linux", cxx="aarch64-linux-gnu-g++")
    return parser
