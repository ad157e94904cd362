"""Classifies held-out digits through session.so on a stream of this program's.

usage: stream_session.py FOLDER PREFIX; FOLDER holds session.so and spec.json, PREFIX
is what the images' and logits' files begin with
"""

import pathlib
import sys

import numpy as np
from gpu import engine_mobileonec
from gpu.driver import Driver

folder, prefix = pathlib.Path(sys.argv[1]), sys.argv[2]
images = np.fromfile(f"{prefix}_images.idx", np.uint8, offset=16).reshape(450, 32, 32, 1)[:50]
expected = np.fromfile(f"{prefix}_logits.f32", np.float32).reshape(450, 10)[:50]
driver = Driver()
driver.use()
enqueue, stream, result = engine_mobileonec.load(driver, folder, images, "f32")
enqueue()
driver.synchronize(stream)
assert np.allclose(result(), expected, rtol=1e-3, atol=1e-4)
