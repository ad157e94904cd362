"""Writes the C and C++ blocks of a Markdown file to main.c and main.cpp."""

import pathlib
import re
import sys


def main(document, folder):
    text = pathlib.Path(document).read_text()
    for language, name in (("c", "main.c"), ("cpp", "main.cpp")):
        (block,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        (pathlib.Path(folder) / name).write_text(block)


if __name__ == "__main__":
    main(*sys.argv[1:])
