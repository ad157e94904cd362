"""Progress on stderr: a bar on a terminal, otherwise a line per part."""

import sys

from tqdm import tqdm


class Progress:
    """Counts work in estimated seconds, so that the time left is honest."""

    FORMAT = "{desc}: {percentage:3.0f}% |{bar}| {elapsed} gone, about {remaining} left"

    def __init__(self, total):
        self.is_terminal = sys.stderr.isatty()
        self.bar = tqdm(total=total, bar_format=self.FORMAT, disable=not self.is_terminal)
        self.total, self.done = total, 0.0

    def begin(self, what):
        self.bar.set_description_str(what)
        if not self.is_terminal:
            print(f"== {what} ({100 * self.done / self.total:.0f}% done)", file=sys.stderr)

    def advance(self, amount):
        self.done += amount
        self.bar.update(amount)

    def note(self, text):
        self.bar.write(f"== {text}", file=sys.stderr)

    def close(self):
        self.bar.close()


# Rough, for estimates only: multiply-adds a second of a core, seconds that
# starting an engine takes, and seconds to convert and compile a network.
RATE, START, PREPARE = 52e9, 2.0, 20.0


def measuring_seconds(multiply_adds, threads, engines, settings):
    """What one network with one thread count takes, roughly."""
    inference = multiply_adds / RATE / threads
    return engines * (settings.starts * START
                      + settings.rounds * (settings.runs + 3) * inference)
