"""Writes files for `mobileonec verify --expect` of a model that takes bytes.

usage: expected_bytes.py FOLDER, with image.npy, logits.npy and stage1.npy, as the
model has them
"""

import pathlib
import sys

import numpy as np
from expected_tensors import write


def main(folder):
    image, logits, stage1 = (np.load(folder / f"{name}.npy")
                             for name in ("image", "logits", "stage1"))
    own = {"input": image, "logits": logits, "stage1": stage1}
    write(folder / "own.safetensors", own)
    write(folder / "nchw.safetensors",
          {name: np.ascontiguousarray(np.moveaxis(tensor, -1, 1)) if tensor.ndim == 4 else tensor
           for name, tensor in own.items()})
    write(folder / "normalized.safetensors",
          {**own, "input": image.astype(np.float32) / 255})
    write(folder / "shape.safetensors", {**own, "input": image[:, :4]})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
