"""The GoogleTest programs."""

import os

import lit.formats

config.name = "mobileonec-unit"
config.suffixes = []
config.test_exec_root = config.test_source_root = os.path.join(config.build_root, "test", "unit")
config.test_format = lit.formats.GoogleTest(".", "Tests")

# The long versions of random and exhaustive tests: test/run.sh --full.
if lit_config.params.get("full"):
    config.environment["MOBILEONE_FULL_TESTS"] = "1"

# Folders of cases that are too large for the repository.
for name in ("MOBILEONE_GOLDEN", "MOBILEONE_GOLDEN_S0"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
