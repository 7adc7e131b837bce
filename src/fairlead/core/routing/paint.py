"""Longest-prefix match for a whole table at once: prefixes are painted over the addresses, shortest first."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint64]
Places = NDArray[np.intp]


class Spans(NamedTuple):
    """Prefixes as spans of points: `first` belongs to it, `past` no longer. Points are addresses, or stand for them."""

    first: Points
    past: Points
    length: NDArray[np.uint8]


class Painted(NamedTuple):
    """From each of the `bounds` up to the next one this route counts; -1 is none. Before the first, none counts."""

    bounds: Points
    route: NDArray[np.int32]

    def at(self, points: Points) -> NDArray[np.int32]:
        """Return the route that counts at each of the points."""
        place = np.searchsorted(self.bounds, points, "right") - 1
        return (
            np.where(place < 0, np.int32(-1), self.route[place])
            if len(self.bounds)
            else np.full(len(points), -1, np.int32)
        )


class Steps(NamedTuple):
    """From each of the `bounds` up to the next one a packet takes this way; 0 is none, and none is taken before."""

    bounds: Points
    way: NDArray[np.int32]


def distinct(points: Points) -> Points:
    """Return the points in order, each once. Sorting is many times faster here than `np.unique` is."""
    points = np.sort(points)
    fresh = np.ones(len(points), np.bool_)
    fresh[1:] = points[1:] != points[:-1]
    return points[fresh]


def within(begin: NDArray[Any], end: NDArray[Any]) -> Places:
    """Return all places from each `begin` up to its `end`, one after the other."""
    count = (end - begin).astype(np.intp)
    until = np.cumsum(count)
    return np.arange(until[-1] if len(until) else 0) + np.repeat(begin.astype(np.intp) - until + count, count)


def paint(spans: Spans) -> Painted:
    """Return the route that counts at every point: the longest prefix that holds it."""
    bounds = distinct(np.concatenate((spans.first, spans.past)))
    begin = np.searchsorted(bounds, spans.first)
    end = np.searchsorted(bounds, spans.past)
    route = np.full(len(bounds), -1, np.int32)
    for length in np.flatnonzero(np.bincount(spans.length)):
        chosen = np.flatnonzero(spans.length == length).astype(np.int32)
        starts, ends = begin[chosen], end[chosen]
        one = ends - starts == 1
        route[starts[one]] = chosen[one]
        if not one.all():
            starts, ends, chosen = starts[~one], ends[~one], chosen[~one]
            route[within(starts, ends)] = np.repeat(chosen, ends - starts)
    return Painted(bounds, route)


def steps(painted: Painted, way_of_route: NDArray[np.int32]) -> Steps:
    """Forget which route it was and keep where the way changes."""
    way = np.zeros(len(painted.route), np.int32)
    matched = painted.route >= 0
    way[matched] = way_of_route[painted.route[matched]]
    changes = np.ones(len(way), np.bool_)
    changes[1:] = way[1:] != way[:-1]
    if len(way) and way[0] == 0:
        changes[0] = False
    return Steps(painted.bounds[changes], way[changes])
