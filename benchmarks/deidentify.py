"""Does any text take more time than its length asks for? Growth from 100 kB to 400 kB, and seconds for a megabyte.

Four times the text should take about four times the time; sixteen would be a square.
"""

import time

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.roster import Person
from tests.core.deidentify.pieces import UNITS

ROSTER = (Person("Priya Nair", "priya.nair@acme.example", ("pnair",)), Person("Grace Wójcik", ""))
SHORT, LONG, MEGABYTE = 100_000, 400_000, 1_000_000


def seconds(unit: str, length: int) -> float:
    """Return the processor time of examining `length` characters of a repeated piece."""
    text = (unit * length)[:length]
    began = time.process_time()
    examine(text, roster=ROSTER)
    return time.process_time() - began


def main() -> None:
    """Print a row for each piece, the slowest growth first."""
    rows = []
    for unit in UNITS:
        seconds(unit, SHORT)  # the first reading fills caches
        short = seconds(unit, SHORT)
        rows.append((seconds(unit, LONG) / short, seconds(unit, MEGABYTE), unit))
    print(f"{'piece':32}{'400 kB : 100 kB':>16}{'1 MB':>10}")
    for growth, megabyte, unit in sorted(rows, reverse=True):
        print(f"{unit!r:32}{growth:>15.1f}x{megabyte:>8.2f} s")


if __name__ == "__main__":
    main()
