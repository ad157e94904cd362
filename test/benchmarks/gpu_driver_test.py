"""The driver's calls, with the library of Inputs/libcuda.c in its place."""

import unittest

import numpy as np

from gpu import driver


class DriverTest(unittest.TestCase):
    def setUp(self):
        self.driver = driver.Driver()
        self.driver.use()

    def test_names_the_gpu(self):
        self.assertEqual(self.driver.device(), driver.Device("Imaginary GPU", 90, "12.8"))

    def test_times_by_both_clocks(self):
        runs = []
        events, wall = self.driver.timer(self.driver.stream()).time(lambda: runs.append(1))
        self.assertEqual((events, len(runs)), (2000000, 1))
        self.assertGreater(wall, 0)

    def test_copies(self):
        values = np.arange(5, dtype=np.float32)
        address = self.driver.allocate(values)
        self.assertEqual(list(self.driver.read(address, np.zeros(5, np.float32))), list(values))

    def test_captures_once_and_launches_often(self):
        runs = []
        launch = self.driver.capture(self.driver.stream(), lambda: runs.append(1))
        launch()
        launch()
        self.assertEqual(len(runs), 1)

    def test_errors_have_the_drivers_text(self):
        with self.assertRaisesRegex(driver.DriverError, r"cuEventQuery: an illegal memory"):
            self.driver.library.cuEventQuery = lambda event: 700
            self.driver.call("cuEventQuery", None)


class NoDriverTest(unittest.TestCase):
    def test_is_an_error_that_says_so(self):
        known, driver.LIBRARY = driver.LIBRARY, "libno_such_driver.so.1"
        self.addCleanup(setattr, driver, "LIBRARY", known)
        with self.assertRaisesRegex(driver.DriverError, "no NVIDIA driver: libno_such_driver"):
            driver.Driver()


if __name__ == "__main__":
    unittest.main()
