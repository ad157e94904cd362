"""What was measured on a GPU: tables as text, and what must not go unnoticed.

Needs nothing but Python. The JSON is what gpu/compare.py writes: facts about the run
and one of `results` per network, batch and precision.
"""

from report.figures import OURS, markdown, missing_lines, short_name

FORMAT = "gpu 1"


def subject(result):
    return f"{short_name(result['model'])}, batch {result['batch']}, {result['precision']}"


def missing(run):
    """(engine, where, reason) of everything that was not measured."""
    return [(engine, subject(result), reason)
            for result in run["results"] for engine, reason in result["missing"].items()]


def complaints(run):
    """What must not go unnoticed: a faster peer by its median, or a peer missing."""
    faster = []
    for result in run["results"]:
        mine = result["engines"][OURS]["events_us"]["median"]
        faster += [f"{subject(result)}: {run['titles'][name]} is faster, "
                   f"{engine['events_us']['median'] / mine:.3f} of our time"
                   for name, engine in result["engines"].items()
                   if engine["events_us"]["median"] < mine]
    return faster + missing_lines(missing(run))


def cell(result, engine, clock):
    times = result["engines"].get(engine, {}).get(clock)
    return f"{times['min']:.1f} / {times['median']:.1f}" if times else "-"


def table(run, batch, precision, clock):
    """A row per engine, a column per network: minimum / median in microseconds."""
    results = [result for result in run["results"]
               if (result["batch"], result["precision"]) == (batch, precision)]
    rows = [[title] + [cell(result, name, clock) for result in results]
            for name, title in run["titles"].items()]
    return markdown(["min / median us"] + [short_name(r["model"]) for r in results], rows)


def caption(run, batch, precision, clock):
    how = "CUDA events" if clock == "events_us" else "wall clock until the GPU is done"
    return (f"{run['gpu']}, driver for CUDA {run['driver']}, {precision}, batch {batch}, {how}, "
            f"{run['date']}; {run['rounds'] * run['runs']} runs per engine and network.")


def tables(run):
    """All of them, each with its caption."""
    kinds = dict.fromkeys((r["batch"], r["precision"]) for r in run["results"])
    return [caption(run, *kind, clock) + "\n\n" + table(run, *kind, clock)
            for kind in kinds for clock in ("events_us", "wall_us")]


def summary(run):
    """For the terminal: the tables, then what must not go unnoticed."""
    return "\n\n".join(tables(run) + ["\n".join(complaints(run))]).rstrip()
