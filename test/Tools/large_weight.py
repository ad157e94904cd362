"""Copies safetensors, with a filter's first value as large as argument 3."""

import json
import struct
import sys

source, target, value = sys.argv[1], sys.argv[2], float(sys.argv[3])
with open(source, "rb") as file:
    data = bytearray(file.read())
header = 8 + struct.unpack("<Q", data[:8])[0]
tensors = json.loads(data[8:header])
name = next(n for n, t in tensors.items() if n.endswith("conv.weight") and t["dtype"] == "F32")
struct.pack_into("<f", data, header + tensors[name]["data_offsets"][0], value)
with open(target, "wb") as file:
    file.write(data)
