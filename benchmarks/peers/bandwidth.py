"""Bytes a second that a core copies, read and written, out of L2 and out of
memory: the slanted roofs of the roofline. Prints both in GB/s.

Copies are what the kernels' traffic looks like; a read-only figure is higher.
"""

import time

import numpy as np

L2_BYTES, MEMORY_BYTES = 256 << 10, 128 << 20


def copied(size, seconds=0.3):
    """The best rate of copying `size` bytes, in GB/s."""
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)
    repeats = max(1, (4 << 20) // size)
    # The first copy pays for the target's pages.
    np.copyto(target, source)
    times, end = [], time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(repeats):
            np.copyto(target, source)
        times.append((time.perf_counter() - start) / repeats)
    return 2 * size / min(times) / 1e9


if __name__ == "__main__":
    print(copied(L2_BYTES), copied(MEMORY_BYTES))
