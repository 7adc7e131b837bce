"""The safeguard itself: tables and wiring in, the answer out."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fairlead.core.routing.cycles import circles
from fairlead.core.routing.follow import Follower, Outcome, together
from fairlead.core.routing.naming import Namer
from fairlead.core.routing.paint import Painted, Spans, Steps, paint, steps
from fairlead.core.routing.points import Points, points_of
from fairlead.core.routing.tables import Table
from fairlead.core.routing.values import Answer, Family, Loop, NextHop, Node, SnapshotError, Way
from fairlead.core.routing.wiring import Wiring


class Place(NamedTuple):
    """Whose table it is, and for which packets."""

    node: Node
    family: Family


def analyse(tables: Mapping[Place, Table], wiring: Wiring) -> Answer:
    """Return every loop of the tables. Next hops that nobody can follow are errors, never left out."""
    loops: list[Loop] = []
    errors: dict[str, None] = {}
    outside = handed_on = 0
    for family in Family:
        nodes = sorted(place.node for place in tables if place.family is family)
        if nodes:
            check = _Check(family, nodes, [tables[Place(node, family)] for node in nodes], wiring)
            loops += check.loops()
            errors |= check.errors
            outside += check.outside
            handed_on += check.handed_on
    return Answer(
        loops=tuple(loops),
        errors=tuple(errors),
        external_share=outside / handed_on if handed_on else 0.0,
        devices=len({place.node.device for place in tables}),
        routes=sum(len(table.length) for table in tables.values()),
    )


class _Check:
    """The check of one family."""

    def __init__(self, family: Family, nodes: list[Node], tables: list[Table], wiring: Wiring) -> None:
        self.family = family
        self.nodes = nodes
        self.tables = tables
        self.errors: dict[str, None] = {}
        self.outside = self.handed_on = 0
        self._number = {node: number for number, node in enumerate(nodes)}
        self._points: Points = points_of(family, tables)
        self._painted: dict[int, Painted] = {}
        self._follower = Follower(wiring, nodes, self._look_up, family.words)
        self._ways: dict[frozenset[int], int] = {frozenset(): 0}
        self._known: dict[tuple[Node, NextHop], Outcome] = {}

    def loops(self) -> list[Loop]:
        """Return the loops, in the order of their circles and addresses."""
        columns = [self._column(number) for number in range(len(self.nodes))]
        ways = list(self._ways)
        namer = Namer(self._points, self.nodes, self.tables, self.paint, self._leads_to)
        found: list[Loop] = []
        for circle in circles(columns, ways, self._points.end):
            found += namer.loops(circle)
        return found

    def paint(self, number: int) -> Painted:
        """Return the painted table of a node."""
        if number not in self._painted:
            table = self.tables[number]
            self._painted[number] = paint(Spans(*self._points.spans(table), table.length))
        return self._painted[number]

    def _column(self, number: int) -> Steps:
        """Return where the way of a node's packets changes."""
        table, node = self.tables[number], self.nodes[number]
        count = np.bincount(table.chosen, minlength=len(table.hop_sets)).tolist()
        way_of_set = np.zeros(len(table.hop_sets), np.int32)
        one_by_one: list[int] = []
        for place, hops in enumerate(table.hop_sets):
            if not count[place]:
                continue  # rows of one prefix that were joined leave their parts behind
            if any(hop.way in {Way.OUT, Way.OUT_OR_ATTACHED} for hop in hops):
                one_by_one.append(place)
            else:
                way_of_set[place] = self._way(node, hops, "", count[place])
        way_of_route: NDArray[np.int32] = way_of_set[table.chosen] if len(table.chosen) else way_of_set
        for route in np.flatnonzero(np.isin(table.chosen, one_by_one)).tolist():
            way_of_route[route] = self._way(node, table.hops(route), table.prefix(route), 1)
        return steps(self.paint(number), way_of_route)

    def _way(self, node: Node, hops: Iterable[NextHop], prefix: str, routes: int) -> int:
        outcome = together(self._follow(node, hop, prefix) for hop in hops)
        self.errors |= dict.fromkeys(outcome.unknown)
        self.outside += outcome.outside * routes
        self.handed_on += (outcome.outside + len(outcome.nodes)) * routes
        successors = frozenset(self._number[there] for there in outcome.nodes)
        return self._ways.setdefault(successors, len(self._ways))

    def _follow(self, node: Node, hop: NextHop, prefix: str) -> Outcome:
        if hop.way is not Way.VIA:
            return self._follower.follow(node, hop, prefix)
        if (node, hop) not in self._known:
            try:
                self._known[node, hop] = self._follower.follow(node, hop)
            except SnapshotError as error:
                self._known[node, hop] = Outcome(
                    unknown=(f"A next hop of {node.words()} cannot be read: {error}",)
                )
        return self._known[node, hop]

    def _leads_to(self, node: Node, hop: NextHop, prefix: str, there: Node) -> bool:
        return there in self._follow(node, hop, prefix).nodes

    def _look_up(self, node: Node, address: bytes) -> tuple[NextHop, ...] | None:
        if len(address) * 8 != self.family.bits:
            return None
        number = self._number[node]
        route = int(self.paint(number).at(self._points.at(int.from_bytes(address)))[0])
        return None if route < 0 else self.tables[number].hops(route)
