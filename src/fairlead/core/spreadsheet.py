"""Words as the cells of a CSV file (RFC 4180), so that no spreadsheet runs them and nothing of them is changed.

A spreadsheet runs a cell that begins with certain signs. Such a cell gets an apostrophe in front, which spreadsheets
understand as "this is text"; reading the file again takes exactly that one away. A cell holds no more than
spreadsheets keep in one; what is longer is cut and says so.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

# What a spreadsheet may run, in full width too, or what hides it: a tab, a line break, the zero character.
_RUNS: Final = re.compile(r"'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])")

LONGEST: Final = 32_767  # characters of a cell; spreadsheets lose the rest, and some the cells after it too
CUT: Final = " … (longer than a cell can be; the JSON holds all of it)"


def defused(cell: str) -> str:
    """Return a cell that every spreadsheet takes for text."""
    if len(cell) >= LONGEST:
        cell = cell[: LONGEST - len(CUT) - 1] + CUT
    return f"'{cell}" if _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """Return the words of a cell as they were before they were defused."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell, 1) else cell


def lines(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as the lines of a CSV file, every cell defused."""
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerows([defused(cell) for cell in row] for row in rows)
    return kept.getvalue()
