"""Where a next hop leads.

`interfaces.json` says who has which address and which interfaces share a link; `externals.json` says what is outside.
"""

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from fairlead.core.routing import addresses
from fairlead.core.routing.values import DEFAULT_VRF, SnapshotError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Interface(NamedTuple):
    """One interface of a device, with its addresses as bytes and the networks they stand in."""

    device: str
    name: str
    vrf: str
    addresses: tuple[bytes, ...]
    networks: tuple[Network, ...]
    link: str

    def holds(self, address: bytes) -> bool:
        """Say whether an address lies in one of the interface's own networks."""
        return any(ipaddress.ip_address(address) in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything the two files say, ready to be asked."""

    interfaces: dict[tuple[str, str], Interface] = field(default_factory=dict[tuple[str, str], Interface])
    by_address: dict[tuple[str, bytes], list[Interface]] = field(
        default_factory=dict[tuple[str, bytes], list[Interface]]
    )
    by_link: dict[str, list[Interface]] = field(default_factory=dict[str, list[Interface]])
    external_networks: tuple[Network, ...] = ()
    external_interfaces: frozenset[tuple[str, str]] = frozenset()

    def others_on_the_link(self, interface: Interface) -> list[Interface]:
        """Return the interfaces that share a link with this one."""
        if not interface.link:
            return []
        return [
            one
            for one in self.by_link[interface.link]
            if (one.device, one.name) != (interface.device, interface.name)
        ]

    def is_beside(self, device: str, vrf: str, address: bytes) -> bool:
        """Say whether an address lies in a network of one of the device's own interfaces in a VRF."""
        return any(
            one.holds(address)
            for (owner, _), one in self.interfaces.items()
            if owner == device and one.vrf == vrf
        )

    def is_external(self, address: bytes) -> bool:
        """Say whether an address was declared to be outside."""
        return any(ipaddress.ip_address(address) in network for network in self.external_networks)


def read(interfaces: str, externals: str) -> Wiring:
    """Return what the texts of the two files say; an empty text is a missing file. Raises SnapshotError."""
    wiring = Wiring()
    if interfaces:
        for interface in _interfaces(_json(interfaces, "interfaces.json")):
            key = (interface.device, interface.name)
            if key in wiring.interfaces:
                raise SnapshotError(f"interfaces.json names {interface.name} of {interface.device} twice.")
            wiring.interfaces[key] = interface
            for address in interface.addresses:
                wiring.by_address.setdefault((interface.vrf, address), []).append(interface)
            if interface.link:
                wiring.by_link.setdefault(interface.link, []).append(interface)
    networks, outside = _externals(_json(externals, "externals.json")) if externals else ([], [])
    return Wiring(wiring.interfaces, wiring.by_address, wiring.by_link, tuple(networks), frozenset(outside))


def _json(text: str, name: str) -> dict[str, Any]:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
            raise SnapshotError(f"{name} names “{twice}” twice.")
        return found

    try:
        value = json.loads(text, object_pairs_hook=once)
    except SnapshotError:
        raise
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"{name} is broken JSON ({error}).") from None
    if not isinstance(value, dict):
        raise SnapshotError(f"{name} is not a JSON object.")
    return cast("dict[str, Any]", value)


def _interfaces(document: dict[str, Any]) -> Iterable[Interface]:
    routers = document.get("routers")
    if not isinstance(routers, dict):
        raise SnapshotError("interfaces.json has no object “routers”.")
    for device, listed in cast("dict[str, object]", routers).items():
        if not isinstance(listed, list):
            raise SnapshotError(f"interfaces.json: what stands under “{device}” is not a list.")
        for entry in cast("list[object]", listed):
            name = cast("dict[str, object]", entry).get("name") if isinstance(entry, dict) else None
            if not isinstance(name, str) or not name:
                raise SnapshotError(f"interfaces.json: an interface of “{device}” has no name.")
            yield _interface(device, name, cast("dict[str, Any]", entry))


def _interface(device: str, name: str, entry: dict[str, Any]) -> Interface:
    texts = _texts(entry.get("addresses", []))
    if texts is None:
        raise SnapshotError(f"interfaces.json: the addresses of {name} of {device} are not a list of texts.")
    try:
        networks = tuple(ipaddress.ip_interface(text).network for text in texts)
    except ValueError as error:
        raise SnapshotError(f"interfaces.json: {name} of {device} has a wrong address ({error}).") from None
    return Interface(
        device,
        name,
        str(entry.get("vrf") or DEFAULT_VRF),
        tuple(addresses.packed(text.partition("/")[0]) for text in texts),
        networks,
        str(entry.get("link") or ""),
    )


def _texts(value: object) -> list[str] | None:
    items = cast("list[object]", value) if isinstance(value, list) else [None]
    return (
        [item for item in items if isinstance(item, str)]
        if all(isinstance(item, str) for item in items)
        else None
    )


def _externals(document: dict[str, Any]) -> tuple[list[Network], list[tuple[str, str]]]:
    texts = _texts(document.get("next_hops"))
    if texts is None:
        raise SnapshotError("externals.json has no list “next_hops”.")
    networks: list[Network] = []
    outside: list[tuple[str, str]] = []
    for text in texts:
        try:
            networks.append(ipaddress.ip_network(text))
        except ValueError:
            device, slash, interface = text.partition("/")
            if not slash or not interface or device.replace(".", "").isdigit() or ":" in device:
                raise SnapshotError(
                    f"externals.json: “{text}” is not an address, a network, or DEVICE/INTERFACE."
                ) from None
            outside.append((device, interface))
    return networks, outside
