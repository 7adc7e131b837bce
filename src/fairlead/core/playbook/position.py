"""Finding the line of a TOML file that a path means, for error messages.

`tomllib` keeps no positions once it has read a file. This looks for table headers and keys at the
beginning of a line, which is how playbooks are written, and answers the nearest one it finds.
"""

import re
from collections import Counter

_HEADER = re.compile(r"(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_KEY = re.compile(r"['\"]?([A-Za-z0-9_.-]+)['\"]?\s*=")


def nearest_line(text: str, path: str) -> int | None:
    """The line (from 1) of the entry at `path`, or of the nearest thing around it; None if nothing fits."""
    best, best_length = None, 0
    for where, number in _marks(text):
        fits = path == where or path.startswith((f"{where}.", f"{where}["))
        if fits and len(where) > best_length:
            best, best_length = number, len(where)
    return best


def _marks(text: str) -> list[tuple[str, int]]:
    marks: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    last: dict[str, str] = {}  # the header as written -> the path of its latest table
    here = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            parent, _, name = header[2].rpartition(".")
            here = f"{last.get(parent, parent)}.{name}" if parent else name
            if header[1] == "[[":
                count[here] += 1
                here = f"{here}[{count[here] - 1}]"
            last[header[2]] = here
            marks.append((here, number))
        elif key := _KEY.match(line):
            marks.append((f"{here}.{key[1]}" if here else key[1], number))
    return marks
