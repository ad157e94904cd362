"""Plots as SVG text, to be put into a page as they are."""

import html
import io

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from report import figures

OURS_COLOR, PEER_COLOR, SOFT_COLOR = "#c2410c", "#64748b", "#cbd5e1"
ARENA_COLORS = ["#0f766e", "#c2410c", "#1d4ed8", "#a16207", "#7e22ce", "#4d7c0f", "#be123c"]
STYLE = {"svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9,
         "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True}


def _axes(width, height, columns=1):
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        return figure, figure.subplots(1, columns, sharey=True, squeeze=False)[0]


def _svg(figure, key, titles=None):
    """The <svg> element. `key` salts its ids, so that several figures can share a
    page; `titles` maps ids of groups to what hovering over them shows."""
    text = io.StringIO()
    with rc_context({"svg.hashsalt": key, **STYLE}):
        figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
    svg = text.getvalue()
    svg = svg[svg.index("<svg"):]
    for group, title in (titles or {}).items():
        mark = f'<g id="{group}">'
        svg = svg.replace(mark, f"{mark}<title>{html.escape(title)}</title>")
    return svg


def _bar(axis, row, color, values):
    """One engine's bar: values that add up, the later the paler."""
    left = 0.0
    for number, value in enumerate(values):
        axis.barh(row, value, left=left, color=color, height=0.7, alpha=1 - 0.6 * number)
        left += value
    axis.text(left, row, f" {values[0]:.2f}" if values[0] < 10 else f" {values[0]:.0f}",
              va="center")


def _bars(run, threads, key, unit, values):
    """One panel per network, one bar per engine; `values` are of its figures."""
    results, names = figures.results_of(run, threads), list(run["titles"])
    figure, axes = _axes(2.3 * len(results) + 1.2, 0.3 * len(names) + 0.8, len(results))
    for axis, result in zip(axes, results):
        for row, name in enumerate(names):
            if name in result["engines"]:
                _bar(axis, row, OURS_COLOR if name == figures.OURS else PEER_COLOR,
                     values(result["engines"][name]))
            else:
                axis.text(0, row, " not measured", va="center", color=PEER_COLOR)
        axis.set_title(figures.short_name(result["model"]))
        axis.set_xlabel(unit)
        axis.margins(x=0.25)
    axes[0].set_yticks(range(len(names)), [run["titles"][name] for name in names])
    axes[0].invert_yaxis()
    return _svg(figure, f"{key}-{threads}")


def latency(run, threads):
    """The minimum, and pale up to the median."""
    return _bars(run, threads, "latency", "ms (pale: median)",
                 lambda engine: [engine["min_ms"], engine["median_ms"] - engine["min_ms"]])


def start_up(run, threads):
    """Load and first run of the fastest start."""
    return _bars(run, threads, "start", "ms", lambda engine: [engine["start_up_ms"]])


def memory(run, threads):
    return _bars(run, threads, "memory", "MB",
                 lambda engine: [figures.memory_bytes(engine) / 1e6])


def _roofs(axis, run, result, low, high):
    """The multiply-add peak, and bandwidths up to where they meet it."""
    peak, threads = result["peak_gflops"], result["threads"]
    axis.plot([low, high], [peak] * 2, color="black", lw=1)
    axis.text(high, peak, f"{peak:.0f} GFLOP/s", va="bottom", ha="right")
    for name, rate in run["copy_gb_per_s"].items():
        end = min(peak / (rate * threads), high)
        axis.plot([low, end], [low * rate * threads, end * rate * threads], color=PEER_COLOR, lw=1)
        axis.annotate(f"{name} {rate * threads:.0f} GB/s", (low, low * rate * threads),
                      color=PEER_COLOR, va="bottom")


def roofline(run, result):
    """A point per step, its area its share of the time; roofs as measured."""
    key = f"roofline-{result['model']}-{result['threads']}"
    points = figures.roofline_points(result["program"])
    figure, (axis,) = _axes(7.2, 4)
    intensities = [point[1] for point in points]
    _roofs(axis, run, result, min(intensities) / 2, max(intensities) * 2)
    titles = {}
    for number, (name, intensity, gflops, share) in enumerate(points):
        marker = axis.scatter(intensity, gflops, s=20 + 1500 * share, color=OURS_COLOR, alpha=0.6)
        marker.set_gid(f"{key}-{number}")
        titles[f"{key}-{number}"] = (f"{name}: {gflops:.1f} GFLOP/s, {intensity:.1f} FLOP per "
                                     f"byte, {100 * share:.1f}% of the time")
    axis.set(xscale="log", yscale="log", xlabel="FLOP per byte of activations and weights",
             ylabel="GFLOP/s", title=figures.short_name(result["model"]))
    axis.grid(True, color=SOFT_COLOR, lw=0.4)
    return _svg(figure, key, titles)


def arena(result):
    """Buffers as rectangles: steps from left to right, addresses upwards."""
    key, program = f"arena-{result['model']}", result["program"]
    figure, (axis,) = _axes(7.2, 3)
    titles = {}
    for number, buffer in enumerate(figures.arena_buffers(program)):
        bar, = axis.bar(buffer["first"] - 0.5, buffer["bytes"] / 1e6, align="edge",
                        width=buffer["last"] - buffer["first"] + 1, edgecolor="white",
                        bottom=buffer["offset"] / 1e6,
                        color=ARENA_COLORS[number % len(ARENA_COLORS)])
        bar.set_gid(f"{key}-{number}")
        titles[f"{key}-{number}"] = (f"{buffer['name']}: {buffer['bytes']} bytes at "
                                     f"{buffer['offset']}, steps {buffer['first']} to "
                                     f"{buffer['last']}")
    axis.axhline(program["arena_bytes"] / 1e6, color="black", lw=1)
    axis.set(xlim=(-0.5, len(program["steps"]) - 0.5), xlabel="step", ylabel="MB",
             title=f"{figures.short_name(result['model'])}: {program['arena_bytes'] / 1e6:.2f} MB")
    return _svg(figure, key, titles)
