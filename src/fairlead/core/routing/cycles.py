"""Which classes hold a circle, and which one.

From the graph of a class everything is peeled off that has no live successor, again and again. What is left is empty,
or everything in it leads on for ever.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairlead.core.routing.classes import Classes, classify
from fairlead.core.routing.paint import Places, Points, Steps

_WORD = 64
_AT_ONCE = 1 << 16  # classes that are peeled together, so that many devices need little memory

Cycle = tuple[int, ...]
Ways = Sequence[
    frozenset[int]
]  # the devices each way may lead to, over all equal-cost next hops; the first is empty


class Circle(NamedTuple):
    """Devices in the order a packet visits them, and the spans of points that do: from `first` up to `past`."""

    cycle: Cycle
    first: Points
    past: Points


def circles(columns: Sequence[Steps], ways: Ways, end: int) -> Iterator[Circle]:
    """Yield every circle with the points that go in it; a column for each device, `end` past the last point.

    Where equal-cost next hops make several circles of the same devices, the shortest one of them is named.
    """
    for devices in _touching(columns, ways):
        local = {device: place for place, device in enumerate(devices)}
        masks = _masks(ways, local)
        classes = classify([columns[device] for device in devices])
        for cycle, atoms in _looping(classes, masks, ways, devices):
            first, past = _merged(classes.bounds, atoms, end)
            yield Circle(cycle, first, past)


def _touching(columns: Sequence[Steps], ways: Ways) -> list[list[int]]:
    """Return the groups of devices between which packets can pass at all. VRFs mostly keep to themselves."""
    group = list(range(len(columns)))

    def root(device: int) -> int:
        while group[device] != device:
            group[device] = group[group[device]]
            device = group[device]
        return device

    for device, column in enumerate(columns):
        used: list[int] = np.flatnonzero(np.bincount(column.way)).tolist()
        for successor in frozenset[int]().union(*(ways[way] for way in used)):
            group[root(device)] = root(successor)
    groups: dict[int, list[int]] = {}
    for device in range(len(columns)):
        groups.setdefault(root(device), []).append(device)
    return [members for members in groups.values() if any(len(columns[member].way) for member in members)]


def _masks(ways: Ways, local: dict[int, int]) -> NDArray[np.uint64]:
    """Return, for each way, the devices it may lead to as bits."""
    masks = np.zeros((len(ways), (len(local) + _WORD - 1) // _WORD), np.uint64)
    for number, successors in enumerate(ways):
        for successor in successors:
            if successor in local:
                word, bit = divmod(local[successor], _WORD)
                masks[number, word] |= np.uint64(1 << bit)
    return masks


def _peel(ways: NDArray[np.int32], masks: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return, for each class and device, whether anything is left of it after peeling."""
    classes, devices = ways.shape
    live = np.zeros((classes, masks.shape[1]), np.uint64)
    for device in range(devices):
        word, bit = divmod(device, _WORD)
        live[:, word] |= np.where(ways[:, device] != 0, np.uint64(1 << bit), np.uint64(0))
    todo: Places = np.arange(classes, dtype=np.intp)
    while len(todo):
        here = live[todo]
        before = here.copy()
        for device in range(devices):
            word, bit = divmod(device, _WORD)
            leads_on = (masks[ways[todo, device]] & here).any(axis=1)
            here[~leads_on, word] &= np.uint64(~(1 << bit) & ((1 << _WORD) - 1))
        live[todo] = here
        todo = todo[np.flatnonzero((here != before).any(axis=1))]
    left = np.zeros((classes, devices), np.bool_)
    for device in range(devices):
        word, bit = divmod(device, _WORD)
        left[:, device] = (live[:, word] >> np.uint64(bit)) & np.uint64(1)
    return left


def _looping(
    classes: Classes, masks: NDArray[np.uint64], ways: Ways, devices: list[int]
) -> Iterator[tuple[Cycle, Places]]:
    """Yield each circle of a group of devices with its atoms."""
    rows: list[NDArray[np.int32]] = []
    graph_of_class = np.full(len(classes.ways), -1, np.int64)
    seen = 0
    for begin in range(0, len(classes.ways), _AT_ONCE):
        some = classes.ways[begin : begin + _AT_ONCE]
        left = _peel(some, masks)
        looping = np.flatnonzero(left.any(axis=1))
        if len(looping):
            graph_of_class[begin + looping] = np.arange(seen, seen + len(looping))
            rows.append(np.where(left[looping], some[looping], np.int32(0)))
            seen += len(looping)
    if not rows:
        return
    graphs, number = np.unique(np.concatenate(rows), axis=0, return_inverse=True)
    atoms = np.flatnonzero(graph_of_class[classes.of_atom] >= 0)
    graph = number.reshape(-1)[graph_of_class[classes.of_atom[atoms]]]
    order = np.argsort(graph, kind="stable")
    ends = np.cumsum(np.bincount(graph, minlength=len(graphs)))
    found: dict[Cycle, list[Places]] = {}
    rows_of_ways: list[list[int]] = graphs.tolist()
    for row, begin, until in zip(rows_of_ways, [0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        nodes = {devices[place]: ways[way] for place, way in enumerate(row) if way}
        for cycle in shortest_cycles({node: sorted(after & nodes.keys()) for node, after in nodes.items()}):
            found.setdefault(cycle, []).append(atoms[order[begin:until]])
    for cycle in sorted(found):
        yield cycle, np.sort(np.concatenate(found[cycle]))


def _merged(bounds: Points, atoms: Places, end: int) -> tuple[Points, Points]:
    """Return the spans of the atoms, those that touch put together."""
    begins = np.ones(len(atoms), np.bool_)
    begins[1:] = np.diff(atoms) > 1
    last = np.append(begins[1:], True)
    until = np.append(bounds, np.uint64(end))
    return bounds[atoms[begins]], until[atoms[last] + 1]


def shortest_cycles(graph: dict[int, list[int]]) -> list[Cycle]:
    """Return one circle for each part of the graph whose nodes all reach each other: a shortest one, smallest first."""
    found: list[Cycle] = []
    for part in _strong_parts(graph):
        inside = {node: [after for after in graph[node] if after in part] for node in part}
        rounds = [cycle for node in sorted(part) if (cycle := _round_trip(inside, node))]
        if rounds:
            shortest = min(rounds, key=lambda cycle: (len(cycle), cycle))
            place = shortest.index(min(shortest))
            found.append(shortest[place:] + shortest[:place])
    return sorted(found)


def _round_trip(graph: dict[int, list[int]], start: int) -> Cycle:
    """Return a shortest way from `start` back to it, breadth first; empty when there is none."""
    came_from: dict[int, int] = {}
    queue = [start]
    for node in queue:
        for after in graph[node]:
            if after == start:
                way = [node]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if after not in came_from:
                came_from[after] = node
                queue.append(after)
    return ()


def _strong_parts(graph: dict[int, list[int]]) -> list[set[int]]:
    """Return the strongly connected parts: nodes that reach each other, by one walk there and one back."""
    back: dict[int, list[int]] = {node: [] for node in graph}
    for node, successors in graph.items():
        for after in successors:
            back[after].append(node)
    finished: list[int] = []
    seen: set[int] = set()
    for node, first in graph.items():
        if node not in seen:
            seen.add(node)
            stack = [(node, iter(first))]
            while stack:
                at, successors = stack[-1]
                after = next((one for one in successors if one not in seen), None)
                if after is None:
                    finished.append(at)
                    stack.pop()
                else:
                    seen.add(after)
                    stack.append((after, iter(graph[after])))
    parts: list[set[int]] = []
    placed: set[int] = set()
    for node in reversed(finished):
        if node not in placed:
            part = {node}
            queue = [node]
            for at in queue:
                fresh = [one for one in back[at] if one not in placed and one not in part]
                part.update(fresh)
                queue.extend(fresh)
            placed |= part
            parts.append(part)
    return parts
