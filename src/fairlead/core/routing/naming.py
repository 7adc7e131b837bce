"""A circle in words: which prefix, which addresses, and by which route each device sends them on."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fairlead.core.routing import addresses, paint
from fairlead.core.routing.cycles import Circle
from fairlead.core.routing.points import Points
from fairlead.core.routing.tables import Table
from fairlead.core.routing.values import Hop, Loop, NextHop, Node

MOST: Final = 10_000  # prefixes of one circle that are told apart; the rest are told together

LeadsTo = Callable[[Node, NextHop, str, Node], bool]


class Namer:
    """Names the loops of one family."""

    def __init__(
        self,
        points: Points,
        nodes: list[Node],
        tables: list[Table],
        painted: Callable[[int], paint.Painted],
        leads_to: LeadsTo,
    ) -> None:
        self._family, self._points = points.family, points
        self._nodes, self._tables = nodes, tables
        self._painted, self._leads_to = painted, leads_to

    def loops(self, circle: Circle) -> Iterator[Loop]:
        """Yield one loop for each prefix that goes in the circle."""
        first = _cut(circle, [self._painted(number).bounds for number in circle.cycle])
        routes = np.stack([self._painted(number).at(first) for number in circle.cycle])
        past = circle.past[np.searchsorted(circle.first, first, "right") - 1]
        past[:-1] = np.minimum(past[:-1], first[1:])
        chosen = list(zip((self._tables[number] for number in circle.cycle), routes, strict=True))
        length = np.stack([table.length[row] for table, row in chosen])
        deepest = np.argmax(length, axis=0)
        place = (deepest, np.arange(len(first)))
        high = np.stack([table.high[row] for table, row in chosen])[place]
        low = np.stack([table.low[row] for table, row in chosen])[place]
        length = length[place]
        order = np.lexsort((first, length, low, high))
        changes = [np.diff(values[order]) != 0 for values in (high, low, length)]
        groups = np.split(order, np.flatnonzero(changes[0] | changes[1] | changes[2]) + 1)
        for pieces in groups[:MOST]:
            hops = self._hops(circle, routes[:, int(pieces[0])])
            yield self._loop(circle, hops[int(deepest[pieces[0]])].prefix, first[pieces], past[pieces], hops)
        if groups[MOST:]:
            pieces = np.sort(np.concatenate(groups[MOST:]))
            hops = self._hops(circle, routes[:, int(pieces[0])])
            prefix = self._cover(int(first[pieces[0]]), int(past[pieces].max()))
            yield self._loop(circle, prefix, first[pieces], past[pieces], hops)

    def _loop(
        self, circle: Circle, prefix: str, first: paint.Points, past: paint.Points, hops: tuple[Hop, ...]
    ) -> Loop:
        starts = np.ones(len(first), np.bool_)
        starts[1:] = first[1:] != past[:-1]
        ends = np.append(starts[1:], True)
        nodes = [self._nodes[number] for number in circle.cycle]
        return Loop(
            vrf=nodes[0].vrf,
            family=self._family,
            prefix=prefix,
            cycle=tuple(node.device for node in nodes),
            regions=tuple(
                (self._text(self._points.address(begin)), self._text(self._points.address(end) - 1))
                for begin, end in zip(first[starts].tolist(), past[ends].tolist(), strict=True)
            ),
            hops=hops,
        )

    def _hops(self, circle: Circle, routes: NDArray[np.int32]) -> tuple[Hop, ...]:
        """Return, for each device, the route it goes by and the next hop that leads on in the circle."""
        hops: list[Hop] = []
        after = [*circle.cycle[1:], circle.cycle[0]]
        for number, following, route in zip(circle.cycle, after, routes.tolist(), strict=True):
            node, there, table = self._nodes[number], self._nodes[following], self._tables[number]
            prefix = table.prefix(route)
            hop = next(hop for hop in table.hops(route) if self._leads_to(node, hop, prefix, there))
            hops.append(Hop(node.device, node.vrf, prefix, hop.address, hop.interface, there.device))
        return tuple(hops)

    def _text(self, address: int) -> str:
        return addresses.text_of(address, self._family)

    def _cover(self, first: int, past: int) -> str:
        """Return the smallest prefix that holds all points from `first` up to `past`."""
        low, high = self._points.address(first), self._points.address(past) - 1
        free = (low ^ high).bit_length()
        return f"{self._text(low >> free << free)}/{self._family.bits - free}"


def _cut(circle: Circle, bounds: list[paint.Points]) -> paint.Points:
    """Return where the pieces of the circle's spans begin when every bound of its devices cuts them."""
    inside = [circle.first]
    for one in bounds:
        begin = np.searchsorted(one, circle.first, "right")
        until = np.searchsorted(one, circle.past, "left")
        inside.append(one[paint.within(begin, until)])
    return paint.distinct(np.concatenate(inside))
