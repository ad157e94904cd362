"""The CUDA driver by ctypes: which GPU there is, and streams, events, memory and
graphs for timing any engine in the same way.

Whatever goes wrong is a DriverError with the call's name and the driver's text.
"""

import ctypes
import dataclasses
import sys
import time

LIBRARY = "libcuda.so.1"
COMPUTE_CAPABILITY = (75, 76)  # CU_DEVICE_ATTRIBUTE_..._MAJOR and _MINOR.
NON_BLOCKING = 1
RELAXED_CAPTURE = 2


class DriverError(RuntimeError):
    """A call that failed."""


@dataclasses.dataclass(frozen=True)
class Device:
    """A GPU and its driver."""

    name: str
    capability: int  # Major * 10 + minor.
    driver: str      # The CUDA version that it speaks.


class Driver:
    """The calls that benchmarks need, on the first GPU's primary context."""

    def __init__(self):
        try:
            self.library = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise DriverError(f"no NVIDIA driver: {error}") from error
        self.call("cuInit", 0)
        count = ctypes.c_int()
        self.call("cuDeviceGetCount", ctypes.byref(count))
        if count.value == 0:
            raise DriverError("the NVIDIA driver finds no GPU")
        self.number = ctypes.c_int()
        self.call("cuDeviceGet", ctypes.byref(self.number), 0)

    def call(self, name, *arguments):
        code = getattr(self.library, name)(*arguments)
        if code:
            text = ctypes.c_char_p()
            self.library.cuGetErrorString(code, ctypes.byref(text))
            raise DriverError(f"{name}: {(text.value or b'error').decode()} ({code})")

    def device(self):
        name, version = ctypes.create_string_buffer(256), ctypes.c_int()
        self.call("cuDeviceGetName", name, len(name), self.number)
        self.call("cuDriverGetVersion", ctypes.byref(version))
        major, minor = map(self._attribute, COMPUTE_CAPABILITY)
        return Device(name.value.decode(), 10 * major + minor,
                      f"{version.value // 1000}.{version.value % 1000 // 10}")

    def _attribute(self, attribute):
        value = ctypes.c_int()
        self.call("cuDeviceGetAttribute", ctypes.byref(value), attribute, self.number)
        return value.value

    def use(self):
        """Makes the GPU's primary context, which engines share, this thread's."""
        context = ctypes.c_void_p()
        self.call("cuDevicePrimaryCtxRetain", ctypes.byref(context), self.number)
        self.call("cuCtxPushCurrent_v2", context)

    def _handle(self, name, *arguments):
        handle = ctypes.c_void_p()
        self.call(name, ctypes.byref(handle), *arguments)
        return handle

    def stream(self):
        return self._handle("cuStreamCreate", NON_BLOCKING).value

    def synchronize(self, stream):
        """Waits for all that is on `stream`."""
        self.call("cuStreamSynchronize", ctypes.c_void_p(stream))

    def allocate(self, array):
        """The address of a copy of `array` in the GPU's memory."""
        address = ctypes.c_uint64()
        self.call("cuMemAlloc_v2", ctypes.byref(address), ctypes.c_size_t(array.nbytes))
        self.call("cuMemcpyHtoD_v2", address, array.ctypes.data_as(ctypes.c_void_p),
                  ctypes.c_size_t(array.nbytes))
        return address.value

    def read(self, address, array):
        """Fills `array` from the GPU's memory and returns it."""
        self.call("cuMemcpyDtoH_v2", array.ctypes.data_as(ctypes.c_void_p),
                  ctypes.c_uint64(address), ctypes.c_size_t(array.nbytes))
        return array

    def capture(self, stream, enqueue):
        """What launches, in one graph, all that `enqueue` puts on `stream`."""
        stream = ctypes.c_void_p(stream)
        self.call("cuStreamBeginCapture_v2", stream, RELAXED_CAPTURE)
        enqueue()
        graph = ctypes.c_void_p()
        self.call("cuStreamEndCapture", stream, ctypes.byref(graph))
        executable = self._handle("cuGraphInstantiateWithFlags", graph, ctypes.c_ulonglong(0))
        return lambda: self.call("cuGraphLaunch", executable, stream)

    def timer(self, stream):
        return Timer(self, stream)


class Timer:
    """Times what is put on a stream, by the GPU's clock and by the wall's."""

    def __init__(self, driver, stream):
        self.driver, self.stream = driver, ctypes.c_void_p(stream)
        self.first, self.last = ctypes.c_void_p(), ctypes.c_void_p()
        for event in (self.first, self.last):
            driver.call("cuEventCreate", ctypes.byref(event), 0)

    def time(self, enqueue):
        """(events, wall) in nanoseconds of one run, which ends before this returns."""
        begin = time.perf_counter_ns()
        self.driver.call("cuEventRecord", self.first, self.stream)
        enqueue()
        self.driver.call("cuEventRecord", self.last, self.stream)
        self.driver.call("cuStreamSynchronize", self.stream)
        wall = time.perf_counter_ns() - begin
        milliseconds = ctypes.c_float()
        self.driver.call("cuEventElapsedTime", ctypes.byref(milliseconds), self.first, self.last)
        return round(milliseconds.value * 1e6), wall


def main():
    """Says which GPU there is, or exits with 1 and says why there is none."""
    try:
        device = Driver().device()
    except DriverError as error:
        print(f"nothing is measured: {error}")
        return 1
    print(f"{device.name}, compute capability {device.capability / 10}, "
          f"driver for CUDA {device.driver}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
