"""The command line of estimate.sh."""

import argparse
import pathlib

from peers.arguments import names
from peers.count_arguments import MODELS
from peers.engines import BENCHMARKS

DESCRIPTION = """\
Estimates how long an inference takes on a core that is not at hand, for one core
and for all that share the work, by `mobileonec bench --estimate`: batch 1, fused
networks with random weights. Nothing is measured.
"""


def build_parser():
    parser = argparse.ArgumentParser(
        prog="benchmarks/estimate.sh", description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--models", default=MODELS, type=lambda text: names(MODELS, text), metavar="M1,M2",
        help="built-in networks (all five)")
    add("--precisions", default=["f32", "f16"], type=lambda text: names(["f32", "f16"], text),
        metavar="P1,P2", help="(f32,f16)")
    add("--core", default="iphone12", metavar="NAME", help="a core that `bench` knows (iphone12)")
    add("--target", default="iphone12", metavar="NAME", help="to compile for (iphone12)")
    add("--json", type=pathlib.Path, metavar="FILE", help="write the figures there")
    add("--update", action="store_true",
        help="leave what the file says of other networks and precisions")
    add("--build", type=pathlib.Path, default=BENCHMARKS.parent / "build", help=argparse.SUPPRESS)
    return parser
