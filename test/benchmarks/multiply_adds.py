"""Compares layers and multiply-adds of a spec, as the comparison counts them, with
those that `mobileonec inspect --json` prints."""

import json
import pathlib
import sys

from peers.description import layers, multiply_adds


def main(spec_path, report_path):
    spec, report = (json.loads(pathlib.Path(p).read_text()) for p in (spec_path, report_path))
    convolutions = [layer for layer in report["layers"] if layer["name"].startswith("stage")]
    assert [layer[0] for layer in layers(spec)] == [layer["name"] for layer in convolutions]
    for ours, theirs in zip(layers(spec), convolutions):
        assert ours[2] == theirs["channels"], ours
        assert ours[6] == theirs["squeeze_excite_hidden"], ours
    expected = sum(layer["multiply_adds"] for layer in report["layers"])
    # Squeeze-excite modules are left out, as the field counts.
    assert 0 <= expected - multiply_adds(spec) < expected // 100, (expected, multiply_adds(spec))


if __name__ == "__main__":
    main(*sys.argv[1:])
