"""The command line of run.sh."""

import argparse
import pathlib
import shlex

from peers.engines import BENCHMARKS, ENGINES

DESCRIPTION = """\
Compares mobileonec with other engines on this machine: the same fused networks
with the same random weights, f32, batch 1.

Every engine is a process of its own, pinned to the same core or cores. Rounds ask
each in turn for a few inferences and measure the core's multiply-add peak, so
that all see the same machine. Before that each is started afresh several times,
in turns, for what loading and the first inference cost. An engine that cannot be
installed, fails, or computes something else is named with the reason.

Engines: """ + ", ".join(ENGINES) + """.
They come from PyPI into build/benchmarks/engines, once; executorch takes 4.7 GB.
"""

EPILOG = """\
examples:
  bash benchmarks/run.sh --models mobileone_s0 --engines onnxruntime --rounds 3
  bash benchmarks/run.sh --threads 1,2 --json all.json --html all.html

For figures worth quoting leave the machine alone meanwhile, then put them into
the README with `python3 benchmarks/tables.py`.

exit status: 0; 1 where another engine was faster or one that was asked for is
missing; 2 for a wrong command line.
"""


def names(known, text):
    chosen = [part for part in text.split(",") if part]
    unknown = [part for part in chosen if part not in known]
    if unknown or not chosen:
        raise argparse.ArgumentTypeError(
            f"unknown: {', '.join(unknown) or 'nothing named'}; known are {', '.join(known)}")
    return chosen


def counts(text):
    chosen = [int(part) if part.isdigit() else 0 for part in text.split(",")]
    if min(chosen) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no list of numbers from 1 on, as in 1,2")
    return chosen


def positive(text):
    return counts(text)[0]


def build_parser():
    models = [f"mobileone_s{i}" for i in range(5)]
    parser = argparse.ArgumentParser(
        prog="benchmarks/run.sh", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--models", default=models, type=lambda text: names(models, text), metavar="M1,M2",
        help="built-in networks (all five)")
    add("--engines", default=list(ENGINES), type=lambda text: names(list(ENGINES), text),
        metavar="E1,E2", help="to compare with (all)")
    add("--threads", default=[1], type=counts, metavar="N1,N2",
        help="each count is measured by itself, on as many cores, the last ones (1)")
    add("--rounds", default=7, type=positive, help="(7)")
    add("--runs", default=20, type=positive, help="per engine and round (20)")
    add("--starts", default=3, type=positive, help="fresh starts per engine (3)")
    add("--target", default="host", help="that mobileonec compiles for (host)")
    add("--machine", default="", metavar="TEXT",
        help="what to call this machine in the results (its CPU's name)")
    add("--json", type=pathlib.Path, metavar="FILE", help="write the figures there")
    add("--html", type=pathlib.Path, metavar="FILE", help="write one page with tables and plots")
    add("--build", type=pathlib.Path, default=BENCHMARKS.parent / "build", help=argparse.SUPPRESS)
    add("--cxx", default="c++", help="C++ compiler that links our side (c++)")
    return parser


def command_line(arguments, script="benchmarks/run.sh"):
    """What the user typed: the script adds where the build is."""
    typed = list(arguments)
    if "--build" in typed:
        at = typed.index("--build")
        del typed[at:at + 2]
    return shlex.join(["bash", script, *typed])
