"""Random networks, and a tracer that knows nothing of atoms or arrays: one address at a time, route by route."""

import json
import random
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

SPACE = {4: ip_network("10.0.0.0/26"), 6: ip_network("2001:db8::/122")}
FAR = {4: ["0.0.0.1", "9.255.255.255", "10.0.0.64", "255.255.255.255"], 6: ["::", "2001:db8::40", "ff00::1"]}
VRFS = ("default", "RED")
OUTSIDE = {4: "203.0.113.9", 6: "2001:db8:f::9"}


@dataclass
class Network:
    """Devices with a table for each VRF. A next hop is a device's number, or one of the words below."""

    version: int
    devices: list[str]
    # (device, vrf) -> prefix -> next hops: ("near" | "far" | "local", device) or ("null",), ("here",), ("outside",)
    tables: dict[tuple[str, str], dict] = field(default_factory=dict)

    def near(self, device, vrf):
        """The address of a device on the network that all of a VRF share."""
        number = self.devices.index(device) + 1
        third = VRFS.index(vrf)
        return f"192.0.{third}.{number}" if self.version == 4 else f"2001:db8:a:{third}::{number}"

    def far(self, device, vrf):
        """The address of a device's loopback, which others reach by a route."""
        number = self.devices.index(device) + 1
        third = VRFS.index(vrf)
        return f"192.1.{third}.{number}" if self.version == 4 else f"2001:db8:b:{third}::{number}"


def random_network(seed: int) -> Network:
    dice = random.Random(seed)  # noqa: S311 - dice, not keys
    version = dice.choice((4, 4, 6))
    devices = [f"r{number}" for number in range(1, dice.randint(2, 6) + 1)]
    network = Network(version, devices)
    vrfs = VRFS[: dice.choice((1, 1, 2))]
    rank = {device: place for place, device in enumerate(dice.sample(devices, len(devices)))}
    is_careful = (
        dice.random() < 0.55
    )  # next hops of a careful network lead downhill, but for a slip here and there
    for device in devices:
        for vrf in vrfs:
            table = {}
            for _ in range(dice.randint(0, 7)):
                table[_random_prefix(dice, version)] = [
                    _random_hop(dice, network, device, rank, is_careful)
                    for _ in range(dice.choice((1, 1, 1, 2, 3)))
                ]
            for other in devices:
                if other != device and dice.random() < 0.4:
                    host = f"{network.far(other, vrf)}/{32 if version == 4 else 128}"
                    table[host] = [
                        (
                            "near",
                            other if is_careful else dice.choice([one for one in devices if one != device]),
                        )
                    ]
            network.tables[device, vrf] = table
    return network


def _random_prefix(dice, version):
    space = SPACE[version]
    bits = 32 if version == 4 else 128
    if dice.random() < 0.2:
        length = dice.choice((0, 1, 8, 24) if version == 4 else (0, 1, 32, 64, 65, 96))
    else:
        length = dice.randint(bits - 6, bits)
    start = int(space.network_address) + dice.randrange(64)
    return str(type(space)((start >> (bits - length) << (bits - length), length)))


def _random_hop(dice, network, device, rank, is_careful):
    kind = dice.choices(("near", "far", "local", "null", "here", "outside"), (10, 3, 2, 1, 1, 1))[0]
    if kind in {"near", "far", "local"}:
        others = [one for one in network.devices if one != device]
        if is_careful and dice.random() > 0.01:
            others = [one for one in others if rank[one] < rank[device]]
        return (kind, dice.choice(others)) if others else ("null",)
    return (kind,)


class Tracer:
    """Follows one address through a network, in every way it may go."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._routes = {
            node: [(ip_network(prefix), hops) for prefix, hops in table.items()]
            for node, table in network.tables.items()
        }

    def route(self, node, address):
        """The longest matching route, by looking at each of them."""
        best = None
        for prefix, hops in self._routes[node]:
            if address in prefix and (best is None or prefix.prefixlen > best[0].prefixlen):
                best = (prefix, hops)
        return best

    def successors(self, node, address):
        best = self.route(node, address)
        return set() if best is None else set().union(*(self._lead(node, hop, []) for hop in best[1]))

    def _lead(self, node, hop, asked):
        _, vrf = node
        if hop[0] in {"near", "local"}:
            return {(hop[1], vrf)}
        if hop[0] != "far":
            return set()
        address = ip_address(self.network.far(hop[1], vrf))
        best = self.route(node, address)
        asked = [*asked, address]
        if best is None or ("here",) in best[1]:
            return {(hop[1], vrf)}
        behind = [one for one in best[1] if one[0] == "far"]
        if any(ip_address(self.network.far(one[1], vrf)) in asked for one in behind):
            return {(hop[1], vrf)}  # it stands behind itself: only the address itself is left to go by
        return set().union(*(self._lead(node, one, asked) for one in best[1]))

    def goes_round(self, address):
        """Say whether a packet for this address can come back to where it was."""
        address = ip_address(address)
        after = {node: self.successors(node, address) for node in self._routes}
        return any(self._comes_back(node, after) for node in after)

    def _comes_back(self, start, after):
        seen, todo = set(), list(after[start])
        while todo:
            node = todo.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                todo += after[node]
        return False


def write(network: Network, place, style: str) -> None:
    """Write the network as a snapshot directory: as FRR prints it, or as CSV."""
    version = network.version
    routers = {}
    vrfs = sorted({vrf for _, vrf in network.tables})
    length = 24 if version == 4 else 64
    for number, device in enumerate(network.devices, 1):
        routers[device] = [
            interface
            for vrf in vrfs
            for interface in (
                {
                    "name": f"lan-{vrf}",
                    "vrf": vrf,
                    "addresses": [f"{network.near(device, vrf)}/{length}", f"fe80::{number}/64"],
                    "link": f"lan-{vrf}",
                },
                {"name": f"lo-{vrf}", "vrf": vrf, "addresses": [f"{network.far(device, vrf)}"]},
            )
        ]
    (place / "interfaces.json").write_text(json.dumps({"routers": routers}))
    (place / "externals.json").write_text(json.dumps({"next_hops": [OUTSIDE[version]]}))
    (_frr if style == "frr" else _csv)(network, place)


def _address(network, vrf, hop):
    if hop[0] == "outside":
        return OUTSIDE[network.version]
    if hop[0] == "local":
        return f"fe80::{network.devices.index(hop[1]) + 1}"
    return network.near(hop[1], vrf) if hop[0] == "near" else network.far(hop[1], vrf)


def _csv(network, place):
    rows = ["device,vrf,prefix,next_hop,interface"]
    for (device, vrf), table in network.tables.items():
        edge = "198.51.100.0/32" if network.version == 4 else "2001:db8:c::/128"
        rows.append(f"{device},{vrf},{edge},blackhole,")  # so that even an empty table is there
        for prefix, hops in table.items():
            for hop in hops:
                if hop[0] in {"null", "here"}:
                    rows.append(
                        f"{device},{vrf},{prefix},{'blackhole' if hop[0] == 'null' else 'connected'},"
                    )
                else:
                    interface = "" if hop[0] == "far" else "uplink" if hop[0] == "outside" else f"lan-{vrf}"
                    rows.append(f"{device},{vrf},{prefix},{_address(network, vrf, hop)},{interface}")
    (place / "routes.csv").write_text("\n".join(rows))


def _frr(network, place):
    family = "ip" if network.version == 4 else "ipv6"
    for (device, vrf), table in network.tables.items():
        printed = {}
        for prefix, hops in table.items():
            used = {
                "prefix": prefix,
                "protocol": "static",
                "vrfName": vrf,
                "selected": True,
                "destSelected": True,
                "installed": True,
                # What follows a recursive next hop is what FRR resolved it to, so those that it did not come last.
                "nexthops": [
                    _frr_hop(network, vrf, hop) for hop in sorted(hops, key=lambda hop: hop[0] == "far")
                ],
            }
            worse = {"prefix": prefix, "protocol": "rip", "nexthops": [{"ip": "10.9.9.9", "active": True}]}
            printed[prefix] = [worse, used]
        (place / device).mkdir(exist_ok=True)
        name = f"show_{family}_route.json" if vrf == "default" else f"show_{family}_route_vrf_{vrf}.json"
        (place / device / name).write_text(json.dumps(printed, indent=2))


def _frr_hop(network, vrf, hop):
    if hop[0] == "null":
        return {"unreachable": True, "blackhole": True, "active": True, "fib": True}
    if hop[0] == "here":
        return {"directlyConnected": True, "active": True, "fib": True}
    found = {"ip": _address(network, vrf, hop), "active": True}
    if hop[0] == "far":
        return found | {"recursive": True}
    return found | {"fib": True, "interfaceName": "uplink" if hop[0] == "outside" else f"lan-{vrf}"}
