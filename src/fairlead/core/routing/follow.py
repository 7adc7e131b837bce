"""Where a next hop of a device leads: to another table of the snapshot, outside, nowhere – or nobody knows."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from fairlead.core.routing import addresses
from fairlead.core.routing.values import NextHop, Node, Way
from fairlead.core.routing.wiring import Interface, Wiring

_DEEPEST = 16  # how often one next hop may stand behind another; routers stop far earlier

# Asks a device's own table for the next hops of an address; None where it has no route.
LookUp = Callable[[Node, bytes], "tuple[NextHop, ...] | None"]


class Outcome(NamedTuple):
    """What became of a next hop: the tables it leads to, how many ways lead outside, and what is not known."""

    nodes: frozenset[Node] = frozenset()
    outside: int = 0
    unknown: tuple[str, ...] = ()


NOWHERE = Outcome()


class Follower:
    """Follows next hops of one family. `tables` are the nodes that have a table in the snapshot."""

    def __init__(self, wiring: Wiring, tables: Iterable[Node], look_up: LookUp, family: str) -> None:
        self._wiring = wiring
        self._tables = frozenset(tables)
        self._look_up = look_up
        self._family = family

    def follow(self, node: Node, hop: NextHop, prefix: str = "") -> Outcome:
        """Return what becomes of a packet that `node` sends this way. `prefix` matters for interfaces alone."""
        if hop.way is Way.ENDS:
            return NOWHERE
        if hop.way is Way.VIA:
            return self._via(node, hop, frozenset())
        return self._out(node, hop, prefix)

    def _out(self, node: Node, hop: NextHop, prefix: str) -> Outcome:
        """Follow a route that names an interface alone: to the other end, when the network is not its own."""
        own = self._wiring.interfaces.get((node.device, hop.interface))
        if own and prefix and own.holds(addresses.packed(prefix.partition("/")[0])):
            return NOWHERE
        others = self._wiring.others_on_the_link(own) if own else []
        if len(others) == 1:
            return self._arrive(others[0])
        if (node.device, hop.interface) in self._wiring.external_interfaces:
            return Outcome(outside=1)
        if hop.way is Way.OUT_OR_ATTACHED and not others:
            return NOWHERE
        return Outcome(
            unknown=(
                f"{node.words()} sends {prefix} out of {hop.interface}, and no link in interfaces.json says to whom.",
            )
        )

    def _via(self, node: Node, hop: NextHop, seen: frozenset[bytes]) -> Outcome:
        text, _, zone = hop.address.partition("%")
        address = addresses.packed(text)
        vrf = hop.vrf or node.vrf
        interface = hop.interface or zone
        if not interface and not self._wiring.is_beside(node.device, vrf, address):
            behind = self._behind(Node(node.device, vrf), address, seen)
            if behind is not None:
                return behind
        return self._beside(node, vrf, address, interface, text)

    def _behind(self, node: Node, address: bytes, seen: frozenset[bytes]) -> Outcome | None:
        """Follow the device's own route to a next hop that is not on any of its networks; None where it has none."""
        if address in seen or len(seen) == _DEEPEST or node not in self._tables:
            return None
        hops = self._look_up(node, address)
        if hops is None or any(hop.way in {Way.OUT, Way.OUT_OR_ATTACHED} for hop in hops):
            return None
        if any(hop.way is Way.ENDS and hop.says == "directly connected" for hop in hops):
            return None
        outcomes: list[Outcome] = []
        for hop in hops:
            if hop.way is Way.ENDS:
                continue
            further = addresses.packed(hop.address.partition("%")[0])
            if further == address or further in seen:
                return None
            outcomes.append(self._via(node, hop, seen | {address}))
        return together(outcomes)

    def _beside(self, node: Node, vrf: str, address: bytes, interface: str, text: str) -> Outcome:
        """Find out whose address a next hop is."""
        own = self._wiring.interfaces.get((node.device, interface))
        others = self._wiring.others_on_the_link(own) if own else []
        owners = [one for one in others if address in one.addresses]
        local = addresses.is_link_local(address)
        if (
            not owners
            and local
            and len(others) == 1
            and not any(map(addresses.is_link_local, others[0].addresses))
        ):
            owners = others
        if not owners and not (local and len(address) > 4):  # noqa: PLR2004 - fe80:: means nothing off its link
            owners = self._wiring.by_address.get((vrf, address), [])
        places = {(one.device, one.vrf) for one in owners}
        if len(places) > 1:
            who = " and ".join(sorted(Node(*place).words() for place in places))
            return Outcome(unknown=(f"The next hop {text} of {node.words()} is an address of {who}.",))
        is_outside = (
            self._wiring.is_external(address) or (node.device, interface) in self._wiring.external_interfaces
        )
        if owners:
            if is_outside and Node(owners[0].device, owners[0].vrf) not in self._tables:
                return Outcome(outside=1)
            return self._arrive(owners[0])
        if is_outside:
            return Outcome(outside=1)
        where = f" out of {interface}" if interface else ""
        return Outcome(
            unknown=(
                f"The next hop {text} of {node.words()}{where} is neither in interfaces.json nor in externals.json.",
            )
        )

    def _arrive(self, interface: Interface) -> Outcome:
        there = Node(interface.device, interface.vrf)
        if there in self._tables:
            return Outcome(frozenset({there}))
        return Outcome(
            unknown=(
                f"A next hop leads to {there.words()}, and the snapshot has no {self._family} table of it.",
            )
        )


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what becomes of a packet that may go any of several ways."""
    nodes: set[Node] = set()
    outside = 0
    unknown: list[str] = []
    for outcome in outcomes:
        nodes |= outcome.nodes
        outside += outcome.outside
        unknown += outcome.unknown
    return Outcome(frozenset(nodes), outside, tuple(dict.fromkeys(unknown)))
