"""The spec of a golden network from model.json, a spec or a list of figures."""

import json
import pathlib


def spec_of(folder):
    """Returns the spec of the network in `folder`."""
    folder = pathlib.Path(folder)
    figures = json.loads((folder / "model.json").read_text())
    if "spec_version" in figures:
        return figures
    stages = [
        {"channels": channels, "blocks": blocks, "se_blocks": se_blocks,
         "branches": figures["conv_branches"]}
        for channels, blocks, se_blocks in zip(
            figures["stage_channels"], figures["stage_blocks"], figures["stage_se_blocks"])
    ]
    return {
        "spec_version": 1,
        "name": folder.name,
        "input": figures["input"],
        "stem": {"channels": figures["stem_channels"]},
        "stages": stages,
        "head": {"kind": "classifier", "classes": figures["classes"]},
    }
