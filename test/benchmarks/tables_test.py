"""Tables between markers: written, checked, and what can be wrong."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import fixture
import tables

BEGIN, END = "<!-- table latency run.json threads=1 -->", "<!-- end of table -->"


class TablesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        (self.root / "run.json").write_text(fixture.PATH.read_text())
        self.document = self.root / "README.md"

    def call(self, text, *arguments):
        """(exit status, what it said, the document afterwards)."""
        self.document.write_text(text)
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            status = tables.main([f"--root={self.root}", f"--document={self.document}",
                                  *arguments])
        return status, said.getvalue(), self.document.read_text()

    def test_writes_between_the_markers_only(self):
        status, _, text = self.call(f"before\n{BEGIN}\nold\n{END}\nafter\n")
        self.assertEqual(status, 0)
        self.assertTrue(text.startswith(f"before\n{BEGIN}\nA <machine>, 1 core"))
        self.assertTrue(text.endswith(f"| 0.800 |\n{END}\nafter\n"))
        self.assertNotIn("old", text)
        self.assertEqual(self.call(text, "--check")[0], 0)

    def test_check_changes_nothing(self):
        before = f"{BEGIN}\nold\n{END}\n"
        status, said, text = self.call(before, "--check")
        self.assertEqual((status, text), (1, before))
        self.assertIn("tables differ from the measured figures", said)

    def test_two_tables(self):
        text = self.call(f"{BEGIN}\n{END}\nbetween\n{BEGIN.replace('latency', 'cost')}\n{END}\n")[2]
        self.assertIn("between", text)
        self.assertIn("load + first run, ms", text)

    def test_errors(self):
        for wrong, message in [
                (BEGIN.replace("latency", "speed"), "no table is called 'speed'"),
                (BEGIN.replace("run.json", "gone.json"), "No such file"),
                (BEGIN.replace("threads=1", "threads=9"), "has no results for 9 threads"),
                ("nothing here", "has no table")]:
            status, said, _ = self.call(f"{wrong}\n{END}\n")
            self.assertEqual(status, 1)
            self.assertIn(message, said)
        (self.root / "run.json").write_text("[]")
        self.assertIn("not a benchmark result", self.call(f"{BEGIN}\n{END}\n")[1])


if __name__ == "__main__":
    unittest.main()
