"""A table as arrays: where each prefix begins, how long it is, and which set of next hops it has."""

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairlead.core.routing import addresses
from fairlead.core.routing.values import Family, NextHop, Route, SnapshotError

Numbers = NDArray[np.uint64]
_HALF = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Table:
    """One device's routes for one VRF and family, in order of address and length, each prefix once.

    An address is `high` and `low`, 64 bits each; `high` is zero for IPv4. `chosen` points into `hop_sets`.
    """

    family: Family
    high: Numbers
    low: Numbers
    length: NDArray[np.uint8]
    chosen: NDArray[np.int32]
    hop_sets: tuple[tuple[NextHop, ...], ...]

    def prefix(self, route: int) -> str:
        """Return the prefix of a route as it is written."""
        number = int(self.high[route]) << 64 | int(self.low[route])
        return f"{addresses.text_of(number, self.family)}/{self.length[route]}"

    def hops(self, route: int) -> tuple[NextHop, ...]:
        """Return the next hops of a route."""
        return self.hop_sets[int(self.chosen[route])]


class TableBuilder:
    """Takes routes one by one. A full table needs about thirty bytes a route meanwhile."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self._high, self._low = array("Q"), array("Q")
        self._length, self._chosen = array("B"), array("i")
        self._numbers: dict[tuple[NextHop, ...], int] = {}

    @property
    def is_empty(self) -> bool:
        """Say whether no route has been taken yet."""
        return not self._length

    def add(self, route: Route) -> None:
        """Take a route. Raises SnapshotError when its prefix is not one of this family."""
        number, length = addresses.prefix(route.prefix, self.family)
        self._high.append(number >> 64)
        self._low.append(number & _HALF)
        self._length.append(length)
        self._chosen.append(self._numbers.setdefault(route.hops, len(self._numbers)))

    def build(self, *, rows_share_a_prefix: bool) -> Table:
        """Return the table. With `rows_share_a_prefix` rows are joined, otherwise a second one is a SnapshotError."""
        high, low = np.array(self._high, np.uint64), np.array(self._low, np.uint64)
        length, chosen = np.array(self._length, np.uint8), np.array(self._chosen, np.int32)
        order = np.lexsort((length, low, high))
        high, low, length, chosen = high[order], low[order], length[order], chosen[order]
        again = np.zeros(len(order), np.bool_)
        again[1:] = (high[1:] == high[:-1]) & (low[1:] == low[:-1]) & (length[1:] == length[:-1])
        table = Table(self.family, high, low, length, chosen, tuple(self._numbers))
        if not again.any():
            return table
        if not rows_share_a_prefix:
            raise SnapshotError(f"“{table.prefix(int(np.argmax(again)))}” stands in it twice.")
        return self._joined(table, np.flatnonzero(~again))

    def _joined(self, table: Table, first: NDArray[np.intp]) -> Table:
        sets = list(self._numbers)
        seen: dict[tuple[int, ...], int] = {}
        chosen = table.chosen[first]
        ends = np.append(first[1:], len(table.chosen))
        for place in np.flatnonzero(ends - first > 1).tolist():
            rows: tuple[int, ...] = tuple(table.chosen[first[place] : ends[place]].tolist())
            if rows not in seen:
                union = tuple(dict.fromkeys(hop for row in rows for hop in sets[row]))
                seen[rows] = self._numbers.setdefault(union, len(self._numbers))
            chosen[place] = seen[rows]
        return Table(
            self.family,
            table.high[first],
            table.low[first],
            table.length[first],
            chosen,
            tuple(self._numbers),
        )
