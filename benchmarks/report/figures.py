"""What the measured JSON says: shares, ratios, memory, and tables as text.

Needs nothing but Python. The JSON is what peers/compare.py writes: facts about
the run, `titles` of the engines, `missing` ones with reasons, and one of `results`
per network and number of threads.
"""

FORMAT = 1
OURS = "mobileonec"


def check(run):
    """An error where `run` is not what this version writes."""
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise ValueError(f"is not a benchmark result of format {FORMAT}")


def count(number, noun):
    return f"{number} {noun}" + ("" if number == 1 else "s")


def short_name(model):
    return model.removeprefix("mobileone_").upper()


def of_peak(result, engine):
    """The share of the multiply-add peak measured in the same run."""
    flops = 2 * result["multiply_adds"]
    return flops / (result["engines"][engine]["min_ms"] * 1e6) / result["peak_gflops"]


def best_peer(result):
    """(name, its time / ours), or None where no other engine was measured."""
    peers = {name: engine["min_ms"] for name, engine in result["engines"].items() if name != OURS}
    if not peers:
        return None
    best = min(peers, key=peers.get)
    return best, peers[best] / result["engines"][OURS]["min_ms"]


def memory_bytes(engine):
    """What loading and running added to the process at its peak."""
    return engine["peak_bytes"] - engine["imported_bytes"]


def missing(run):
    """(engine, where, reason) of everything that was not measured."""
    everywhere = [(engine, "all networks", reason) for engine, reason in run["missing"].items()]
    return everywhere + [
        (engine, f"{short_name(result['model'])}, {count(result['threads'], 'thread')}", reason)
        for result in run["results"] for engine, reason in result["missing"].items()]


def complaints(run):
    """What must not go unnoticed: slower than a peer, or a peer missing."""
    slower = []
    for result in run["results"]:
        best = best_peer(result)
        if best and best[1] < 1:
            slower.append(f"{short_name(result['model'])}, {count(result['threads'], 'thread')}: "
                          f"{run['titles'][best[0]]} is faster, {best[1]:.3f} of our time")
    return slower + missing_lines(missing(run))


def missing_lines(entries):
    """(engine, where, reason) as text."""
    return [f"{engine} is missing ({where}): {reason}" for engine, where, reason in entries]


def thread_counts(run):
    return sorted({result["threads"] for result in run["results"]})


def results_of(run, threads):
    return [result for result in run["results"] if result["threads"] == threads]


def markdown(header, rows):
    lines = [header, ["---"] * len(header)] + rows
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def latency_table(run, threads):
    """A row per engine, a column per network: minimum / median."""
    results = results_of(run, threads)
    rows = []
    for name, title in run["titles"].items():
        cells = [result["engines"].get(name) for result in results]
        rows.append([f"{title} {run['versions'].get(name, '')}".strip()]
                    + [f"{cell['min_ms']:.2f} / {cell['median_ms']:.2f}" if cell else "not measured"
                       for cell in cells])
    best = [best_peer(result) for result in results]
    rows.append(["mobileonec, of the peak"]
                + [f"{100 * of_peak(result, OURS):.1f}%" for result in results])
    rows.append(["best other engine / mobileonec"]
                + [f"{peer[1]:.3f}" if peer else "none measured" for peer in best])
    return markdown(["min / median ms"] + [short_name(result["model"]) for result in results], rows)


COST_COLUMNS = ["load, ms", "load + first run, ms", "memory, MB", "model, MB", "engine, MB"]


def cost_cells(engine):
    """The figures under COST_COLUMNS."""
    return [f"{engine['load_ms']:.1f}", f"{engine['start_up_ms']:.1f}",
            f"{memory_bytes(engine) / 1e6:.1f}", f"{engine['model_bytes'] / 1e6:.1f}",
            f"{engine['library_bytes'] / 1e6:.2f}"]


def cost_table(run, threads):
    """Start-up, memory and size of the first and the last network."""
    results = results_of(run, threads)
    ends = results[:1] + results[1:][-1:]
    rows = [[short_name(result["model"]), title] + cost_cells(result["engines"][name])
            for result in ends for name, title in run["titles"].items()
            if name in result["engines"]]
    return markdown(["network", "engine"] + COST_COLUMNS, rows)


def caption(run, threads):
    """Where, when and how the figures of one thread count were measured."""
    results = results_of(run, threads)
    peak = max(result["peak_gflops"] for result in results)
    runs = min(engine["runs"] for result in results for engine in result["engines"].values())
    return (f"{run['machine']}, {count(threads, 'core')}, {peak:.0f} GFLOP/s measured "
            f"multiply-add peak, f32, batch 1, {run['date']}; {runs} inferences per engine and "
            "network.")


def summary(run):
    """For the terminal: every table, then what must not go unnoticed."""
    parts = []
    for threads in thread_counts(run):
        parts += [caption(run, threads), latency_table(run, threads), cost_table(run, threads)]
    return "\n\n".join(parts + ["\n".join(complaints(run))]).rstrip()


def moved_bytes(step):
    """What a step reads and writes once: activations and weights."""
    return sum(operand["bytes"] for operand in step["operands"] if operand["space"] != "scratch")


def roofline_points(program):
    """(name, FLOP per byte, GFLOP/s, share of the time) of every step."""
    total = sum(step["milliseconds"] for step in program["steps"])
    points = []
    for step in program["steps"]:
        flops = 2 * step["multiply_adds"]
        if flops and step["milliseconds"]:
            points.append((step["name"], flops / moved_bytes(step),
                           flops / step["milliseconds"] / 1e6, step["milliseconds"] / total))
    return points


def _overlap(one, other):
    return (one["offset"] < other["offset"] + other["bytes"]
            and other["offset"] < one["offset"] + one["bytes"])


def arena_buffers(program):
    """What lies in the arena: name of the step that writes it, offset, bytes, and
    the first and last step that use it.

    Readers may see a part of a buffer, so a read belongs to the last buffer
    written that it overlaps.
    """
    buffers = []
    for number, step in enumerate(program["steps"]):
        operands = [o for o in step["operands"] if o["space"] == "arena"]
        for operand in operands:
            if not operand["written"]:
                source = next((b for b in reversed(buffers) if _overlap(b, operand)), None)
                if source:
                    source["last"] = number
        buffers += [{"name": step["name"], "offset": o["offset"], "bytes": o["bytes"],
                     "first": number, "last": number} for o in operands if o["written"]]
    return buffers
