"""Parses Swift files: swift_syntax.py FOLDER...

Prints every place that the grammar does not know. This finds broken syntax, such
as a lost brace, and force unwraps; it checks no types.
"""

import pathlib
import sys

import tree_sitter
import tree_sitter_swift

# With an exclamation mark they end an app where a value is missing.
FORCED = {"bang", "try_operator", "as_operator"}


def nodes(node):
    yield node
    for child in node.children:
        yield from nodes(child)


def problems(path, parser):
    for node in nodes(parser.parse(path.read_bytes()).root_node):
        line = node.start_point[0] + 1
        if node.type == "ERROR" or node.is_missing:
            yield f"{path}:{line}: no Swift: {node.text.decode()[:60]!r}"
        elif node.type in FORCED and node.text.endswith(b"!"):
            yield f"{path}:{line}: forced: {node.parent.text.decode()[:60]!r}"


def main(folders):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_swift.language()))
    files = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.swift"))
    found = [problem for path in files for problem in problems(path, parser)]
    print("\n".join(found) or f"{len(files)} Swift files parse")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
