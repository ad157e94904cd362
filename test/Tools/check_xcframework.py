"""Checks an XCFramework of static libraries: check_xcframework.py PATH MODEL...

Its Info.plist is valid and names exactly what is there; every slice has the models'
headers, a module map and a library of the platform that it claims. Apple documents
the bundle in "Creating a multiplatform binary framework bundle". Prints the slices.
"""

import pathlib
import plistlib
import re
import subprocess
import sys

# As LC_BUILD_VERSION has them.
PLATFORMS = {("ios", None): "ios", ("ios", "simulator"): "iossimulator", ("macos", None): "macos"}
KEYS = {"BinaryPath", "HeadersPath", "LibraryIdentifier", "LibraryPath", "SupportedArchitectures",
        "SupportedPlatform", "SupportedPlatformVariant"}


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_library(library, slice_, models):
    exported = set(re.findall(r" [SDR] _(\w+)$", output_of("llvm-nm", "-g", library), re.MULTILINE))
    assert exported == set(models), f"{library} exports {exported}"
    commands = output_of("llvm-objdump", "--macho", "--private-headers", library)
    platform = PLATFORMS[slice_["SupportedPlatform"], slice_.get("SupportedPlatformVariant")]
    found = re.findall(r"^ *platform (\S+)\n.*\n *minos (\S+)", commands, re.MULTILINE)
    assert len(found) == len(models), f"{library}: {found}"
    for name, _ in found:
        assert name == platform, f"{library} is for {name}"
    return found[0][1]


def check_headers(headers, module, models):
    assert [path.name for path in headers.iterdir()] == [module], "headers share one folder"
    text = (headers / module / "module.modulemap").read_text()
    assert re.match(rf"module {module} \{{\n", text)
    named = re.findall(r'header "([^"]+)"', text)
    assert named == ["mobileone/model_abi.h", "mobileone/runtime.h", *(f"{m}.h" for m in models)]
    for name in named:
        assert (headers / module / name).is_file(), f"{name} is missing"


def check_slice(root, slice_, models):
    assert set(slice_) <= KEYS, f"unknown keys: {set(slice_) - KEYS}"
    assert slice_["SupportedArchitectures"] == ["arm64"]
    folder = root / slice_["LibraryIdentifier"]
    assert slice_["BinaryPath"] == slice_["LibraryPath"] == f"lib{root.stem}.a"
    minimum = check_library(folder / slice_["LibraryPath"], slice_, models)
    check_headers(folder / slice_["HeadersPath"], root.stem, models)
    assert len(list(folder.iterdir())) == 2, "nothing else lies there"
    return f"{slice_['LibraryIdentifier']} {minimum}"


def main(path, *models):
    root = pathlib.Path(path)
    with open(root / "Info.plist", "rb") as file:
        info = plistlib.load(file)
    assert info.pop("XCFrameworkFormatVersion") == "1.0"
    assert info.pop("CFBundlePackageType") == "XFWK"
    slices = info.pop("AvailableLibraries")
    assert not info, f"unknown keys: {info}"
    there = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    assert there == sorted(slice_["LibraryIdentifier"] for slice_ in slices), there
    for slice_ in slices:
        print(check_slice(root, slice_, models))


if __name__ == "__main__":
    main(*sys.argv[1:])
