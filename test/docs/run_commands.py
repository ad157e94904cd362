"""Runs the shell commands of a Markdown file, so that none of them rots.

Every block that starts with ```sh is run, in order, in the repository's root.
Blocks marked ```console are shown only; they are the commands that run the tests
themselves or that other tests run.
"""

import re
import subprocess
import sys

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main(root, document):
    with open(document, encoding="utf-8") as file:
        blocks = BLOCK.findall(file.read())
    for block in blocks:
        print(block, flush=True)
        result = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=root, check=False)
        if result.returncode:
            print(f"{document}: exit {result.returncode} from\n{block}")
            return 1
    print(f"{len(blocks)} blocks run")
    return 0 if blocks else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
