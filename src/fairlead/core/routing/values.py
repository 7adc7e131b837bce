"""The words of the routing safeguard: routes, next hops, loops and the answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fairlead.core.verdict import Verdict

DEFAULT_VRF = "default"


class SnapshotError(ValueError):
    """Something in a snapshot cannot be read or does not fit together; the text says what, in one sentence."""


class Family(StrEnum):
    """The two address families; a packet keeps its own on the whole way."""

    IPV4 = "ipv4"
    IPV6 = "ipv6"

    @property
    def words(self) -> str:
        """Return the family as a person writes it."""
        return "IPv4" if self is Family.IPV4 else "IPv6"

    @property
    def bits(self) -> int:
        """Return the length of an address in bits."""
        return 32 if self is Family.IPV4 else 128


class Way(StrEnum):
    """What a next hop does with a packet."""

    VIA = "via"  # hands it to an address
    OUT = "out"  # sends it out of an interface that is not the destination's own network
    OUT_OR_ATTACHED = "out_or_attached"  # the table does not say which of the two
    ENDS = "ends"  # delivers it here or drops it: there is nothing to follow


class NextHop(NamedTuple):
    """One of the ways a route may send a packet. `vrf` is empty where it is the route's own."""

    way: Way
    address: str = ""
    interface: str = ""
    vrf: str = ""
    says: str = ""  # how the table put it, for a person: "blackhole", "connected"


class Route(NamedTuple):
    """One prefix of a table with every next hop in use."""

    prefix: str
    hops: tuple[NextHop, ...]
    vrf: str = ""  # empty: whatever the file says it holds


class Node(NamedTuple):
    """A device's table for one VRF: what a packet is in, at any moment."""

    device: str
    vrf: str

    def words(self) -> str:
        """Return the node as a person reads it; the default VRF goes without saying."""
        return self.device if self.vrf == DEFAULT_VRF else f"{self.device} (vrf {self.vrf})"


class Hop(NamedTuple):
    """What one device of a loop does with the packet, and by which of its routes."""

    device: str
    vrf: str
    prefix: str
    next_hop: str
    interface: str
    to: str


@dataclass(frozen=True, slots=True)
class Loop:
    """A circle of devices, and the addresses that go in it.

    `prefix` is the most specific route that takes part; `regions` are the parts of it that go in the circle.
    """

    vrf: str
    family: Family
    prefix: str
    cycle: tuple[str, ...]
    regions: tuple[tuple[str, str], ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the safeguard says about a snapshot. `external_share` is 0 to 1, of all that is handed on."""

    loops: tuple[Loop, ...] = ()
    errors: tuple[str, ...] = ()
    external_share: float = 0.0
    devices: int = 0
    routes: int = 0

    @property
    def verdict(self) -> Verdict:
        """Return ERROR where anything could not be followed, whatever else was found."""
        if self.errors:
            return Verdict.ERROR
        return Verdict.REFUSE if self.loops else Verdict.ACCEPT
