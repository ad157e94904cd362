"""One self-contained HTML page from a run's JSON.

    python -m report.page FILE.json FILE.html
"""

import json
import pathlib
import sys

import jinja2
from markupsafe import Markup

from report import figures, plots


def _template():
    """Everything is escaped but what plots.py made."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(pathlib.Path(__file__).parent), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(figures=figures)
    return environment.get_template("page.html")


def render(run):
    """The page's text; an error where `run` is of another format."""
    figures.check(run)
    threads = figures.thread_counts(run)
    bars = {"Latency": plots.latency, "Start-up": plots.start_up, "Memory": plots.memory}
    first = figures.results_of(run, threads[0])
    return _template().render(
        run=run, threads=threads,
        bars={n: {title: Markup(plot(run, n)) for title, plot in bars.items()} for n in threads},
        rooflines=[Markup(plots.roofline(run, result)) for result in first],
        arenas=[Markup(plots.arena(result)) for result in first])


def main(source, target):
    run = json.loads(pathlib.Path(source).read_text(encoding="utf-8"))
    pathlib.Path(target).write_text(render(run), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
