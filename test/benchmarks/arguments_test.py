"""The command line of run.sh, and that every engine has its parts."""

import contextlib
import importlib.util
import io
import re
import unittest

from peers.arguments import build_parser, command_line
from peers.engines import BENCHMARKS, ENGINES


def pins(path):
    """From a package to its version, names as pip normalizes them."""
    found = re.findall(r"^([\w.-]+)==(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


class ArgumentsTest(unittest.TestCase):
    def wrong(self, *arguments):
        said = io.StringIO()
        with contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as stop:
            build_parser().parse_args(arguments)
        self.assertEqual(stop.exception.code, 2)
        return said.getvalue()

    def test_defaults(self):
        settings = build_parser().parse_args([])
        self.assertEqual(settings.engines, list(ENGINES))
        self.assertEqual((settings.threads, len(settings.models)), ([1], 5))

    def test_lists(self):
        settings = build_parser().parse_args(["--threads", "1,2", "--engines", "mnn,ncnn"])
        self.assertEqual((settings.threads, settings.engines), ([1, 2], ["mnn", "ncnn"]))

    def test_errors(self):
        self.assertIn("unknown: caffe; known are onnxruntime", self.wrong("--engines", "caffe"))
        self.assertIn("unknown: s9", self.wrong("--models", "s9"))
        self.assertIn("unknown: nothing named", self.wrong("--models", ","))
        for text in ("0", "1,", "two"):
            self.assertIn("is no list of numbers from 1 on", self.wrong("--threads", text))
        self.assertIn("is no list of numbers", self.wrong("--rounds", "0"))

    def test_records_what_was_typed(self):
        self.assertEqual(command_line(["--build", "/b", "--machine", "Zen 4"]),
                         "bash benchmarks/run.sh --machine 'Zen 4'")

    def test_help_teaches(self):
        text = build_parser().format_help()
        for part in ("examples:", "exit status", "--html", "benchmarks/tables.py"):
            self.assertIn(part, text)


class EnginesTest(unittest.TestCase):
    def test_every_engine_has_a_file_and_pins(self):
        for name, engine in ENGINES.items():
            self.assertIsNotNone(importlib.util.find_spec(f"peers.engine_{name}"), name)
            self.assertRegex(engine.version, r"^\d", name)
            text = engine.requirements.read_text(encoding="utf-8")
            for line in text.splitlines():
                self.assertRegex(line, r"^#|^[\w.-]+==\S+$")

    def test_the_page_is_tested_with_what_makes_it(self):
        tested = pins(BENCHMARKS.parent / "compiler/cmake/requirements.txt")
        used = pins(BENCHMARKS / "requirements.txt")
        common = set(tested) & set(used)
        self.assertLessEqual({"jinja2", "matplotlib", "numpy", "tqdm"}, common)
        self.assertEqual({n: tested[n] for n in common}, {n: used[n] for n in common})


if __name__ == "__main__":
    unittest.main()
