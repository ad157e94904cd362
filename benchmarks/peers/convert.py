"""python -m peers.convert ENGINE FOLDER: writes the engine's own form of the
network in FOLDER. Runs in the engine's virtual environment."""

import importlib
import pathlib
import sys


def main(engine, folder):
    importlib.import_module(f"peers.engine_{engine}").convert(pathlib.Path(folder).resolve())


if __name__ == "__main__":
    main(*sys.argv[1:])
