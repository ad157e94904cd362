"""A small measured run, for the tests beside this file."""

import json
import pathlib

PATH = pathlib.Path(__file__).parent / "Inputs" / "run.json"


def load():
    return json.loads(PATH.read_text(encoding="utf-8"))
