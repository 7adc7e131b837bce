"""Tables as FRR prints them with `show ip route json`: prefix to routes, of which one is selected and installed."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from fairlead.core.routing.values import NextHop, Route, SnapshotError, Way

_ATTACHED: Final = frozenset({"connected", "local"})
_DROPPED: Final = ("blackhole", "reject", "adminProhibited", "unreachable")


def routes(members: Iterable[tuple[str, object]]) -> Iterator[Route]:
    """Yield the route in use of every prefix. Raises SnapshotError."""
    printed = used = 0
    for prefix, listed in members:
        if not isinstance(listed, list):
            raise SnapshotError(f"what stands under “{prefix}” is not a list of routes.")
        printed += 1
        route = _in_use(prefix, cast("list[object]", listed))
        if route is not None:
            used += 1
            yield route
    if printed and not used:
        raise SnapshotError(
            "none of its routes is selected and installed, so nothing would be forwarded by it."
        )


def _in_use(prefix: str, listed: list[object]) -> Route | None:
    found: Route | None = None
    for entry in listed:
        if not isinstance(entry, dict):
            raise SnapshotError(f"a route under “{prefix}” is not an object.")
        route = cast("dict[str, Any]", entry)
        if route.get("prefix", prefix) != prefix:
            raise SnapshotError(f"under “{prefix}” stands a route for “{route['prefix']}”.")
        if not (route.get("selected") is True and route.get("installed") is True):
            continue
        if found is not None:
            raise SnapshotError(f"“{prefix}” has two routes that are selected and installed.")
        found = Route(prefix, _hops(prefix, route), str(route.get("vrfName") or ""))
    return found


def _hops(prefix: str, route: dict[str, Any]) -> tuple[NextHop, ...]:
    listed = route.get("nexthops")
    if not isinstance(listed, list) or not all(isinstance(hop, dict) for hop in cast("list[object]", listed)):
        raise SnapshotError(f"the route for “{prefix}” has no list of next hops.")
    hops = [
        hop
        for hop in cast("list[dict[str, Any]]", listed)
        if hop.get("active") is True or hop.get("fib") is True
    ]
    if not hops:
        raise SnapshotError(f"the route for “{prefix}” is installed, and none of its next hops is active.")
    protocol = str(route.get("protocol") or "")
    has_marks = any("resolver" in hop for hop in hops)
    found: dict[NextHop, None] = {}  # in the order of the table, each once
    for hop, after in zip(hops, [*hops[1:], {}], strict=True):
        # A recursive next hop is followed by those that FRR resolved it to; only where they are missing do we resolve.
        if (
            hop.get("recursive") is True
            and after
            and (after.get("resolver") is True if has_marks else after.get("recursive") is not True)
        ):
            continue
        found[_hop(prefix, hop, protocol)] = None
    return tuple(found)


def _hop(prefix: str, hop: dict[str, Any], protocol: str) -> NextHop:
    vrf = str(hop.get("vrf") or "")
    interface = str(hop.get("interfaceName") or "")
    for word in _DROPPED:
        if hop.get(word) is True:
            return NextHop(Way.ENDS, says=word)
    if address := str(hop.get("ip") or ""):
        return NextHop(Way.VIA, address, "" if hop.get("recursive") is True else interface, vrf)
    if interface:
        if protocol in _ATTACHED:
            return NextHop(Way.ENDS, interface=interface, vrf=vrf, says="directly connected")
        return NextHop(Way.OUT if protocol else Way.OUT_OR_ATTACHED, interface=interface, vrf=vrf)
    if hop.get("directlyConnected") is True:
        return NextHop(Way.ENDS, says="directly connected")
    raise SnapshotError(f"a next hop of “{prefix}” has neither an address nor an interface.")
