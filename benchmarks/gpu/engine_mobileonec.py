"""mobileonec, on a stream and in memory of the caller's, as examples/cuda_stream has it."""

import ctypes
import json

import numpy as np


def load(driver, folder, image, precision):
    library = ctypes.CDLL(str(folder / "session.so"))
    library.open_session.restype = ctypes.c_void_p
    library.last_error.restype = ctypes.c_char_p
    stream = driver.stream()
    session = ctypes.c_void_p(library.open_session(ctypes.c_void_p(stream)))
    if not session:
        raise RuntimeError(library.last_error(None).decode())
    head = json.loads((folder / "spec.json").read_text(encoding="utf-8"))["heads"][0]
    logits = np.zeros((len(image), head["classes"]), np.float32)
    addresses = [driver.allocate(image), driver.allocate(logits)]
    arguments = [session, *map(ctypes.c_void_p, addresses)]

    def enqueue():
        if library.run(*arguments):
            raise RuntimeError(library.last_error(session).decode())

    return enqueue, stream, lambda: driver.read(addresses[1], logits)
