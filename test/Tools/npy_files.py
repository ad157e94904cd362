"""Writes arrays for run.test and run-errors.test, or checks what came of them.

usage: npy_files.py FOLDER [--check]
"""

import json
import pathlib
import sys

import numpy as np


def write(folder):
    random = np.random.default_rng(1)
    image = random.standard_normal((1, 3, 16, 16)).astype(np.float32)
    np.save(folder / "image.npy", image)
    three = random.standard_normal((3, 3, 16, 16)).astype(np.float32)
    np.save(folder / "three.npy", three)
    for i in range(3):
        np.save(folder / f"three.{i}.npy", three[i:i + 1])
    np.save(folder / "column_major.npy", np.asfortranarray(image))
    np.save(folder / "big_endian.npy", image.astype(">f4"))
    np.save(folder / "double.npy", image.astype(np.float64))
    np.save(folder / "flat.npy", image.reshape(-1))
    np.save(folder / "bytes.npy", random.integers(0, 256, (1, 8, 8, 3), np.uint8))
    np.save(folder / "objects.npy", np.array([{}]), allow_pickle=True)
    data = (folder / "image.npy").read_bytes()
    (folder / "cut.npy").write_bytes(data[:-1])
    (folder / "lying.npy").write_bytes(data.replace(b"16)", b"99)"))


def check(folder):
    logits = np.load(folder / "logits.npy")
    assert logits.shape == (1, 4) and logits.dtype == np.float32
    assert np.isfinite(logits).all() and logits.std() > 0
    for other in "column_major_logits", "big_endian_logits":
        assert (np.load(folder / f"{other}.npy") == logits).all(), other
    values = json.loads((folder / "logits.json").read_text())["logits"]
    assert values["shape"] == [1, 4] and values["layout"] == "NC"
    assert np.allclose(values["values"], logits[0])
    each = np.concatenate([np.load(folder / f"one_{i}.npy") for i in range(3)])
    for threads in 1, 2:
        assert (np.load(folder / f"three_{threads}.npy") == each).all(), threads
    assert np.load(folder / "stage1.npy").shape == (1, 2, 2, 16)
    assert np.load(folder / "two_logits.npy").shape == (1, 4)


if __name__ == "__main__":
    (check if "--check" in sys.argv else write)(pathlib.Path(sys.argv[1]))
