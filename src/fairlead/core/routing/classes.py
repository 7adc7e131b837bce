"""Addresses that are treated alike on every device form a class, and a class needs to be looked at only once.

Two addresses are in one class when every device sends them the same ways. The comparison is exact: classes are
numbered, never hashed.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairlead.core.routing.paint import Places, Points, Steps, distinct

_FLAGS = 1 << 26  # numbers up to here are renumbered by a table of flags, larger ones by sorting


class Classes(NamedTuple):
    """Atoms (from each bound up to the next), the class of each, and the ways of each class on every device."""

    bounds: Points
    of_atom: NDArray[np.int64]
    ways: NDArray[np.int32]  # a row for each class, a column for each device


def classify(columns: Sequence[Steps]) -> Classes:
    """Cut the addresses at every bound of every device and put equal atoms together."""
    bounds = distinct(np.concatenate([column.bounds for column in columns]))
    of_atom = np.zeros(len(bounds), np.int64)
    for column in columns:
        number = _renumbered(np.append(np.int32(0), column.way))  # before its first bound a device has no way
        places = np.searchsorted(bounds, column.bounds)
        runs = np.diff(np.concatenate(([0], places, [len(bounds)])))
        of_atom *= int(number.max()) + 1
        of_atom += np.repeat(number, runs)
        of_atom = _renumbered(of_atom)
    first = _first_of_each(of_atom)
    table = np.zeros((len(first), len(columns)), np.int32, order="F")
    for number, column in enumerate(columns):
        place = np.searchsorted(column.bounds, bounds[first], "right")
        table[:, number] = np.append(np.int32(0), column.way)[place]
    return Classes(bounds, of_atom, table)


def _renumbered(numbers: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return the same distinctions in the smallest numbers."""
    highest = int(numbers.max(initial=0))
    if highest >= _FLAGS:
        return np.unique(numbers, return_inverse=True)[1].astype(np.int64, copy=False)
    present = np.zeros(highest + 1, np.bool_)
    present[numbers] = True
    return (np.cumsum(present) - 1)[numbers]


def _first_of_each(of_atom: NDArray[np.int64]) -> Places:
    first = np.empty(int(of_atom.max(initial=-1)) + 1, np.intp)
    first[of_atom[::-1]] = np.arange(len(of_atom))[::-1]  # the last to be written is the first atom
    return first
