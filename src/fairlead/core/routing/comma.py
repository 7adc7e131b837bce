"""Tables of all devices in one CSV file. Rows of one prefix are equal-cost next hops of it."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from fairlead.core.routing.values import DEFAULT_VRF, NextHop, Route, SnapshotError, Way

COLUMNS: Final = ("device", "vrf", "prefix", "next_hop", "interface")
_DROPPED = re.compile(r"(null\d*|blackhole|reject|unreachable|prohibit|discard|drop)", re.IGNORECASE)
_HERE = re.compile(r"(self|local|receive|connected|direct|directly connected|attached)", re.IGNORECASE)


def routes(lines: Iterable[str]) -> Iterator[tuple[str, Route]]:
    """Yield the device and the route of every row. Raises SnapshotError."""
    rows = csv.reader(lines, strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, list[str]())]
        if sorted(header) != sorted(COLUMNS):
            raise SnapshotError(f"its first row must name the columns {', '.join(COLUMNS)}.")
        places = [header.index(name) for name in COLUMNS]
        for row in rows:
            if not row:
                continue
            if len(row) != len(COLUMNS):
                raise SnapshotError(f"line {rows.line_num} has {len(row)} columns instead of {len(COLUMNS)}.")
            device, vrf, prefix, next_hop, interface = (row[place].strip() for place in places)
            if not device:
                raise SnapshotError(f"line {rows.line_num} names no device.")
            hop = _hop(next_hop, interface, rows.line_num)
            yield device, Route(prefix, (hop,), vrf or DEFAULT_VRF)
    except csv.Error as error:
        raise SnapshotError(f"line {rows.line_num} cannot be read as CSV ({error}).") from None


def _hop(next_hop: str, interface: str, line: int) -> NextHop:
    if _DROPPED.fullmatch(next_hop) or (not next_hop and _DROPPED.fullmatch(interface)):
        return NextHop(Way.ENDS, says=next_hop or interface)
    if _HERE.fullmatch(next_hop):
        return NextHop(Way.ENDS, interface=interface, says="directly connected")
    if next_hop:
        return NextHop(Way.VIA, next_hop, interface)
    if interface:
        return NextHop(Way.OUT_OR_ATTACHED, interface=interface)
    raise SnapshotError(f"line {line} has neither a next hop nor an interface.")
