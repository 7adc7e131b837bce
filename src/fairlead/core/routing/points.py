"""Addresses as points of 64 bits. IPv4 addresses are their own points; IPv6 bounds are numbered in order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairlead.core.routing import paint
from fairlead.core.routing.tables import Numbers, Table
from fairlead.core.routing.values import Family

_WORD = 64
_ONES = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Points:
    """Which point an address is. For IPv6, `high` and `low` are the halves of every bound, in order."""

    family: Family
    high: Numbers
    low: Numbers

    @property
    def end(self) -> int:
        """Return the point past the last address."""
        return 1 << 32 if self.family is Family.IPV4 else len(self.high)

    def address(self, point: int) -> int:
        """Return the address of a point; past the last one, the number after the last address."""
        if self.family is Family.IPV4:
            return point
        if point == len(self.high):
            return 1 << 128
        return int(self.high[point]) << _WORD | int(self.low[point])

    def at(self, address: int) -> paint.Points:
        """Return the point whose atom holds an address, as an array of one."""
        if self.family is Family.IPV4:
            return np.array([address], np.uint64)
        high, low = np.uint64(address >> _WORD), np.uint64(address & _ONES)
        begin = int(np.searchsorted(self.high, high, "left"))
        until = int(np.searchsorted(self.high, high, "right"))
        place = begin + int(np.searchsorted(self.low[begin:until], low, "right")) - 1
        return np.array([place], np.uint64)

    def spans(self, table: Table) -> tuple[paint.Points, paint.Points]:
        """Return the first point of every route and the one past its last."""
        if self.family is Family.IPV4:
            return table.low, table.low + (np.uint64(1) << (np.uint64(32) - table.length.astype(np.uint64)))
        high, low = _past(table)
        past = self._number(high, low)
        past[(high == 0) & (low == 0)] = self.end
        return self._number(table.high, table.low), past

    def _number(self, high: Numbers, low: Numbers) -> paint.Points:
        """Return the numbers of bounds, all of which are known."""
        begin = np.searchsorted(self.high, high, "left")
        until = np.searchsorted(self.high, high, "right")
        found = begin.copy()
        crowded = until - begin > 1
        if crowded.any():
            found[crowded] = self._among(begin[crowded], until[crowded], low[crowded])
        return found.astype(np.uint64)

    def _among(self, begin: paint.Places, until: paint.Places, low: Numbers) -> paint.Places:
        """Search each low half between its own two places, all at once, by halving."""
        begin, until = begin.copy(), until.copy()
        while (open_ := until - begin > 1).any():
            middle = np.where(open_, (begin + until) // 2, begin)
            right = self.low[middle] <= low
            begin = np.where(open_ & right, middle, begin)
            until = np.where(open_ & ~right, middle, until)
        return begin


def _past(table: Table) -> tuple[Numbers, Numbers]:
    """Return the address after each IPv6 route; after the last address of all it is zero."""
    length = table.length.astype(np.int64)
    one = np.uint64(1)
    in_high = length <= _WORD
    has_room = in_high & (length > 0)  # the whole space, of length 0, ends where it began
    step_high = np.where(has_room, one << (_WORD - np.clip(length, 1, _WORD)).astype(np.uint64), np.uint64(0))
    step_low = np.where(
        in_high, np.uint64(0), one << (2 * _WORD - np.clip(length, _WORD + 1, None)).astype(np.uint64)
    )
    low = table.low + step_low
    carry = (low < table.low).astype(np.uint64)
    return table.high + step_high + carry, low


def points_of(family: Family, tables: Sequence[Table]) -> Points:
    """Return the points of all tables of a family."""
    zero = np.zeros(
        1, np.uint64
    )  # the first address is always a bound, so that every address lies behind one
    if family is Family.IPV4:
        return Points(family, zero, zero)
    ends = [_past(table) for table in tables]
    high = np.concatenate([zero, *(table.high for table in tables), *(high for high, _ in ends)])
    low = np.concatenate([zero, *(table.low for table in tables), *(low for _, low in ends)])
    order = np.lexsort((low, high))
    high, low = high[order], low[order]
    fresh = np.ones(len(high), np.bool_)
    fresh[1:] = (high[1:] != high[:-1]) | (low[1:] != low[:-1])
    return Points(family, high[fresh], low[fresh])
