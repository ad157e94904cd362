"""Looks for what an app must give reasons for: required_reason.py PATH...

Apple lists these functions and properties in "Describing use of required reason
API"; code that goes into apps uses none of them, so its privacy manifest is empty.
"""

import pathlib
import re
import sys

APIS = {
    "file timestamps": (
        "creationDate modificationDate fileModificationDate contentModificationDateKey "
        "creationDateKey getattrlist getattrlistbulk fgetattrlist stat fstat fstatat lstat "
        "getattrlistat"),
    "system boot time": "systemUptime mach_absolute_time",
    "disk space": (
        "volumeAvailableCapacityKey volumeAvailableCapacityForImportantUsageKey "
        "volumeAvailableCapacityForOpportunisticUsageKey volumeTotalCapacityKey systemFreeSize "
        "systemSize statfs statvfs fstatfs fstatvfs"),
    "active keyboards": "activeInputModes",
    "user defaults": "UserDefaults NSUserDefaults",
}
SUFFIXES = {".h", ".hpp", ".cpp", ".c", ".swift"}


def problems(path):
    text = path.read_text(encoding="utf-8")
    for category, names in APIS.items():
        for found in re.findall(rf"\b({'|'.join(names.split())})\b", text):
            yield f"{path}: {found} needs a reason ({category})"


def files_in(path):
    return [path] if path.is_file() else sorted(path.rglob("*"))


def main(paths):
    files = [file for path in paths for file in files_in(pathlib.Path(path))
             if file.suffix in SUFFIXES]
    found = [problem for file in files for problem in problems(file)]
    print("\n".join(found) or f"{len(files)} files use none")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
