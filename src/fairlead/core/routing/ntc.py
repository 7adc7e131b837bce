"""Tables as the public ntc-templates read them from IOS, NX-OS, XR, ASA and EOS: a list with a row for each next hop.

The templates name the same thing differently, and older releases name it in capitals.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from fairlead.core.routing.values import NextHop, Route, SnapshotError, Way

_HERE: Final = frozenset(
    {"c", "l", "connected", "local", "direct", "am", "hmm", "hsrp", "vrrp", "glbp", "lc", "nd", "ndp"}
)  # protocols of what is reached without a further router, as the templates give them
_NULL = re.compile(r"(null|discard|reject|blackhole)[\s-]*\d*", re.IGNORECASE)
_OTHER_VRF = re.compile(r"vrf\s+(\S+)")
_NOT_AN_ADDRESS: Final = frozenset({"", "connected", "directly connected", "directly"})


def routes(members: Iterable[tuple[str, object]]) -> Iterator[Route]:
    """Yield a route for every row; rows of one prefix belong together. Raises SnapshotError."""
    for number, (_, item) in enumerate(members, 1):
        if not isinstance(item, dict):
            raise SnapshotError(f"row {number} is not an object.")
        row = {key.lower(): value for key, value in cast("dict[str, Any]", item).items()}
        if "network" not in row:
            raise SnapshotError(
                f"row {number} has no “network”, so it is not a table that ntc-templates made."
            )
        if row["network"] == "" and not _texts(row, "nexthop_ip", "nexthop_if"):
            continue  # NX-OS prints such a row for a VRF without routes
        yield Route(_prefix(row, number), tuple(_hops(row, number)), _text(row, "vrf"))


def _text(row: dict[str, Any], *names: str) -> str:
    return next((str(row[name]).strip() for name in names if row.get(name) not in (None, "", [])), "")


def _texts(row: dict[str, Any], *names: str) -> list[str]:
    value: object = next((row[name] for name in names if row.get(name) not in (None, "", [])), None)
    if value is None:
        return []
    return [str(one).strip() for one in (cast("list[object]", value) if isinstance(value, list) else [value])]


def _prefix(row: dict[str, Any], number: int) -> str:
    network = _text(row, "network")
    length = _text(row, "prefix_length", "prefixlength")
    mask = _text(row, "netmask", "mask")
    if "/" in network or not (length or mask):
        if "/" not in network:
            raise SnapshotError(f"row {number} (“{network}”) says no prefix length.")
        return network
    return f"{network}/{length or _length_of(mask, number)}"


def _length_of(mask: str, number: int) -> int:
    parts = mask.split(".")
    if len(parts) == 4 and all(part.isascii() and part.isdigit() and int(part) <= 255 for part in parts):  # noqa: PLR2004
        bits = "".join(f"{int(part):08b}" for part in parts)
        if "01" not in bits:
            return bits.count("1")
    raise SnapshotError(f"row {number}: “{mask}” is not a mask.")


def _hops(row: dict[str, Any], number: int) -> Iterator[NextHop]:
    addresses = _texts(row, "nexthop_ip", "nexthopip", "next_hop", "nexthop")
    interfaces = _texts(row, "nexthop_if", "nexthopif", "interface")
    if not addresses and not interfaces:
        raise SnapshotError(f"row {number} has neither a next hop nor an interface.")
    count = max(len(addresses), len(interfaces))
    if addresses and interfaces and len(addresses) != len(interfaces):
        raise SnapshotError(f"row {number} has {len(addresses)} next hops and {len(interfaces)} interfaces.")
    protocol = _text(row, "protocol").split(" ")[0].lower()
    for address, interface in zip(addresses or [""] * count, interfaces or [""] * count, strict=True):
        yield _hop(address, interface, _text(row, "nexthop_vrf"), protocol)


def _hop(address: str, interface: str, vrf: str, protocol: str) -> NextHop:
    if other := _OTHER_VRF.fullmatch(interface):  # XR: "nexthop in vrf NAME"
        vrf, interface = other[1], ""
    if _NULL.fullmatch(interface):
        return NextHop(Way.ENDS, says=interface)
    if protocol in _HERE:
        return NextHop(Way.ENDS, interface=interface, vrf=vrf, says="directly connected")
    if address.lower() not in _NOT_AN_ADDRESS:
        return NextHop(Way.VIA, address, interface, vrf)
    return NextHop(Way.OUT if protocol else Way.OUT_OR_ATTACHED, interface=interface, vrf=vrf)
