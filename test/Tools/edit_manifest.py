"""Copies a folder that `mobileonec compile` wrote, with another manifest.

Usage: edit_manifest.py FROM TO [STATEMENT]. The statement is Python's and changes
`m`, the manifest. Where it changes m["name"], files that the manifest names take
the new name, as if the model had been compiled with it.
"""

import json
import pathlib
import shutil
import sys


def main(source, to, statement="pass"):
    to = pathlib.Path(to)
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to)
    path = next(to.glob("*.manifest.json"))
    manifest = json.loads(path.read_text())
    before = manifest["name"]
    exec(statement, {"m": manifest})  # pylint: disable=exec-used
    after = manifest.get("name")
    if isinstance(after, str) and after.isidentifier() and after != before:
        manifest["files"] = {name.replace(before, after): size
                             for name, size in manifest["files"].items()}
        for file in list(to.iterdir()):
            file.rename(to / file.name.replace(before, after))
        path = to / path.name.replace(before, after)
    path.write_text(json.dumps(manifest))


if __name__ == "__main__":
    main(*sys.argv[1:])
