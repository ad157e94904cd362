"""Writes files for `mobileonec verify --expect` that do not fit, and a spec.

usage: expected_tensors.py GOLDEN_CASE FOLDER
"""

import json
import pathlib
import struct
import sys

import golden_spec
import numpy as np


def read(path):
    """Returns the f32 tensors of a safetensors file."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    return {name: np.frombuffer(data[8 + length:], np.float32, np.prod(entry["shape"]),
                                entry["data_offsets"][0]).reshape(entry["shape"])
            for name, entry in header.items()}


def write(path, tensors):
    """Writes tensors of f32 and u8 as safetensors."""
    header, offset = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": {"float32": "F32", "uint8": "U8"}[tensor.dtype.name], "shape": tensor.shape,
                        "data_offsets": [offset, offset + tensor.nbytes]}
        offset += tensor.nbytes
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text
                     + b"".join(tensor.tobytes() for tensor in tensors.values()))


def main():
    case, folder = map(pathlib.Path, sys.argv[1:])
    (folder / "spec.json").write_text(json.dumps(golden_spec.spec_of(case)))
    tensors = read(case / "io.safetensors")
    image, logits = tensors["input"], tensors["logits"]
    stage1 = tensors["stage1"].copy()
    stage1.flat[0] = 100
    write(folder / "different.safetensors", {**tensors, "stage1": stage1})
    write(folder / "no_input.safetensors", {"logits": logits})
    write(folder / "input_shape.safetensors",
          {"input": image.reshape(1, 3, 32, 128), "logits": logits})
    write(folder / "batch.safetensors",
          {"input": np.concatenate([image, image]), "logits": logits})
    write(folder / "output_shape.safetensors", {"input": image, "logits": logits[0]})
    write(folder / "strangers.safetensors", {"input": image, "output": logits})


if __name__ == "__main__":
    main()
