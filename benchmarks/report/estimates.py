"""What estimates of a phone's core say, as text, beside the paper's figures.

Needs nothing but Python. The JSON is what peers/estimate.py writes: one of `results`
per network and precision, from what `bench --estimate --json` printed.
"""

import json

from report.figures import markdown, short_name

FORMAT = "estimates 1"
COLUMNS = ["network", "", "issue bound, ms", "with caches, ms", "two cores, ms",
           "fused blocks at least, of fma", "paper, Core ML, ms"]

# arXiv 2206.04040, table 9: milliseconds on an iPhone 12.
PAPER = {"mobileone_s0": 0.79, "mobileone_s1": 0.89, "mobileone_s2": 1.18, "mobileone_s3": 1.53,
         "mobileone_s4": 1.86}


def of_report(report):
    """What is kept of a report: the core, the sums, and how close the fused blocks
    come at least to the time that their multiply-adds take alone."""
    shares = [step["fma_bound_microseconds"] / step["issue_microseconds"]
              for step in report["steps"] if "+" in step["name"]]
    return {"model": report["model"], "target": report["target"], "core": report["core"],
            "fused_of_fma": min(shares), **report["total"]}


def load(path):
    """The run in the file; a ValueError where it is something else."""
    run = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise ValueError(f"is not a result of format '{FORMAT}'")
    return run


def updated(earlier, run):
    """The results of `run` and those of `earlier` that it has none for, in order."""
    def key(result):
        return result["model"], result["precision"] != "f32"
    results = {key(result): result for result in earlier["results"] + run["results"]}
    return [results[each] for each in sorted(results)]


def cells(result):
    """The figures under COLUMNS, from the third on."""
    milliseconds = [f"{result[key] * 1e-3:.2f}"
                    for key in ("issue_microseconds", "microseconds", "microseconds_on_all")]
    paper = PAPER.get(result["model"])
    return milliseconds + [f"{100 * result['fused_of_fma']:.1f}%", f"{paper:.2f}" if paper else ""]


def table(run):
    """A row per network and precision."""
    return markdown(COLUMNS, [[short_name(result["model"]), result["precision"], *cells(result)]
                              for result in run["results"]])


def caption(run):
    """How the figures came about, and what stands beside them."""
    core = run["results"][0]["core"]
    return (f"Estimates, {run['date']}: an inference, batch 1, on {core['description']}, at "
            f"{core['gigahertz']:.1f} GHz, from what it executes; no phone ran it. The paper's "
            "figures are measurements with Core ML, which takes the phone's neural engine where it "
            "can: another unit than the cores that run this code.")
