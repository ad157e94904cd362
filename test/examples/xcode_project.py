"""Checks an Xcode project file: xcode_project.py FOLDER.xcodeproj

It parses, every identifier that it uses is defined and reached from the project,
every folder that it names is there, and each target has what Xcode asks for.
"""

import pathlib
import re
import sys

import openstep_parser

IDENTIFIER = re.compile(r"^[0-9A-F]{24}$")


def identifiers(value):
    """All identifiers within `value`, which are strings of a fixed form."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return {name for element in value for name in identifiers(element)}
    return {value} if IDENTIFIER.match(value) else set()


def reached(objects, root):
    seen, open_ones = set(), {root}
    while open_ones:
        name = open_ones.pop()
        seen.add(name)
        open_ones |= identifiers(objects.get(name, {})) - seen
    return seen


def check_folders(objects, folder):
    for name, entry in objects.items():
        if entry["isa"] == "PBXFileSystemSynchronizedRootGroup":
            if not (folder / entry["path"]).is_dir():
                yield f"{name}: {entry['path']} is no folder"


def check_targets(objects):
    targets = [entry for entry in objects.values() if entry["isa"] == "PBXNativeTarget"]
    if not targets:
        yield "no target"
    for target in targets:
        phases = {objects[phase]["isa"] for phase in target["buildPhases"]}
        for needed in "PBXSourcesBuildPhase", "PBXFrameworksBuildPhase", "PBXResourcesBuildPhase":
            if needed not in phases:
                yield f"{target['name']}: no {needed}"
        linked = {objects[file].get("productRef") for phase in target["buildPhases"]
                  for file in objects[phase]["files"]}
        for product in target["packageProductDependencies"]:
            if product not in linked:
                yield f"{target['name']}: does not link {objects[product]['productName']}"


def main(project):
    folder = pathlib.Path(project)
    text = (folder / "project.pbxproj").read_text(encoding="utf-8")
    content = openstep_parser.OpenStepDecoder.ParseFromString(text)
    objects = content["objects"]
    used = reached(objects, content["rootObject"])
    problems = [f"{name} is used, not defined" for name in sorted(used - set(objects))]
    problems += [f"{name} is defined, not used" for name in sorted(set(objects) - used)]
    if not problems:
        problems += [*check_folders(objects, folder.parent), *check_targets(objects)]
    products = sorted(entry["productName"] for entry in objects.values()
                      if entry["isa"] == "XCSwiftPackageProductDependency")
    packages = sorted(entry["relativePath"] for entry in objects.values()
                      if entry["isa"] == "XCLocalSwiftPackageReference")
    print("\n".join(problems) or f"{len(objects)} objects; packages {packages}, products {products}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
