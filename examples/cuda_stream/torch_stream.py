"""Runs a compiled network between PyTorch's own operations, on PyTorch's stream.

usage: torch_stream.py LIBRARY, the shared library of digits in batches of 50
"""

import ctypes
import sys

import torch

library = ctypes.CDLL(sys.argv[1])
library.open_session.restype = ctypes.c_void_p
library.last_error.restype = ctypes.c_char_p
pointer = ctypes.c_void_p

torch.cuda.init()
with torch.cuda.stream(torch.cuda.Stream()) as stream:
    session = pointer(library.open_session(pointer(torch.cuda.current_stream().cuda_stream)))
    if not session:
        sys.exit(library.last_error(None).decode())
    images = torch.randint(256, (50, 32, 32, 1), dtype=torch.uint8, device="cuda")
    logits = torch.empty((50, 10), device="cuda")
    # All three on one stream, in this order; nothing waits.
    dark = (images.float() * 0.5).byte()
    if library.run(session, pointer(dark.data_ptr()), pointer(logits.data_ptr())):
        sys.exit(library.last_error(session).decode())
    best = logits.argmax(1)
    print(best.tolist())
    library.close_session(session)
