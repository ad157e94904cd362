"""Compares PREFIX_heldout.safetensors with PREFIX_images.idx, PREFIX_labels.idx
and PREFIX_logits.f32."""

import json
import pathlib
import struct
import sys


def read_safetensors(path):
    """Name -> (shape, bytes)."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    data = content[8 + length :]
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    return {
        name: (entry["shape"], data[slice(*entry["data_offsets"])])
        for name, entry in header.items()
    }


def read_idx(path):
    """(shape, bytes) of a uint8 array."""
    content = path.read_bytes()
    dimensions = content[3]
    if content[:3] != b"\0\0\x08":
        raise ValueError(f"{path}: not an IDX file of bytes")
    shape = struct.unpack_from(f">{dimensions}I", content, 4)
    return list(shape), content[4 + 4 * dimensions :]


def main(prefix):
    tensors = read_safetensors(pathlib.Path(f"{prefix}_heldout.safetensors"))
    images, labels, logits = (tensors[name] for name in ("input", "labels", "logits"))
    count, height, width, _ = images[0]
    problems = []
    if read_idx(pathlib.Path(f"{prefix}_images.idx")) != ([count, height, width], images[1]):
        problems.append("the images differ")
    if read_idx(pathlib.Path(f"{prefix}_labels.idx")) != ([count], labels[1]):
        problems.append("the labels differ")
    if pathlib.Path(f"{prefix}_logits.f32").read_bytes() != logits[1]:
        problems.append("the logits differ")
    if logits[0] != [count, 10]:
        problems.append(f"the logits' shape is {logits[0]}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
