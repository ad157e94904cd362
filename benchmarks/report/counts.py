"""What counted instructions say: tables as text, and what must not go unnoticed.

Needs nothing but Python. The JSON is what peers/count.py writes: facts about the
run, `titles` of the engines, `missing` ones with reasons, and one of `results` per
network and precision, with what mobileone-estimate printed for each engine.
"""

import json

from report.figures import OURS, markdown, missing_lines, short_name

FORMAT = "counts 1"
COLUMNS = ["M instructions", "M fmla", "M loads", "M stores", "issue bound, ms"]


def load(path):
    """The run in the file; a ValueError where it is something else."""
    run = json.loads(path.read_text(encoding="utf-8"))
    check(run)
    return run


def check(run):
    """An error where `run` is not what this version writes."""
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise ValueError(f"is not a result of format '{FORMAT}'")


def subject(result):
    return f"{short_name(result['model'])}, {result['precision']}"


def missing(run):
    """(engine, where, reason) of everything that was not counted."""
    return [(engine, subject(result), reason)
            for result in run["results"] for engine, reason in result["missing"].items()]


def complaints(run):
    """What must not go unnoticed: more instructions than a peer, or a peer missing."""
    more = []
    for result in run["results"]:
        mine = result["engines"][OURS]["instructions"]
        more += [f"{subject(result)}: {run['titles'][name]} needs fewer instructions, "
                 f"{engine['instructions'] / mine:.3f} of ours"
                 for name, engine in result["engines"].items() if engine["instructions"] < mine]
    return more + missing_lines(missing(run))


def kept(earlier, run, model, precision, engine):
    """What `earlier` says of an engine that `run` is about to count, or None where
    it says nothing or something has changed: counts repeat exactly."""
    same = all(earlier[key] == run[key] for key in ("core", "emulator", "emulated_cpu"))
    if not same or earlier["versions"].get(engine) != run["versions"][engine]:
        return None
    return next((result["engines"][engine] for result in earlier["results"]
                 if (result["model"], result["precision"]) == (model, precision)
                 and engine in result["engines"]), None)


def cells(engine):
    """The figures under COLUMNS."""
    return [f"{engine[key] * 1e-6:.1f}" for key in ("instructions", "fma", "loads", "stores")
            ] + [f"{engine['issue_milliseconds']:.2f}"]


def table(run):
    """A row per network, precision and engine."""
    rows = [[short_name(result["model"]), result["precision"],
             f"{title} {run['versions'].get(name, '')}".strip() if name != OURS else title]
            + cells(result["engines"][name])
            for result in run["results"] for name, title in run["titles"].items()
            if name in result["engines"]]
    return markdown(["network", "", "engine"] + COLUMNS, rows)


def caption(run):
    """How the figures came about."""
    return (f"One inference on one thread, batch 1, counted in QEMU {run['emulator']} as "
            f"{run['emulated_cpu']}, {run['date']}; loads and stores of one register each. The "
            f"bound is an estimate for `{run['core']}` without its caches.")


def summary(run):
    """For the terminal: the table, then what must not go unnoticed."""
    return "\n\n".join([caption(run), table(run), "\n".join(complaints(run))]).rstrip()
