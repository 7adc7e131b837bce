"""How fast is the routing safeguard: from arrays, from files, and on a real campus backbone?

Run all with `.venv/bin/python -m benchmarks.routing`, or one of `batch`, `full`, `parse`, `stanford`. Figures are for
two cores; memory is the peak of the whole process, so run `full` alone to read it.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from fairlead.core.routing import frr, stream
from fairlead.core.routing.cycles import Ways, circles
from fairlead.core.routing.paint import Spans, Steps, paint, steps
from fairlead.core.routing.tables import TableBuilder
from fairlead.core.routing.values import Family

STANFORD = Path(__file__).parents[2] / "shared" / "data" / "routing" / "stanford-noacl"
# How many of a thousand prefixes of the Internet's table have each length, roughly.
SHARES = {8: 0.02, 16: 14, 17: 9, 18: 15, 19: 27, 20: 47, 21: 55, 22: 120, 23: 105, 24: 607}


def internet(seed: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return first addresses and lengths of about `size` prefixes, nested as the real ones are."""
    dice = np.random.default_rng(seed)
    first, lengths = [np.zeros(1, np.uint64)], [np.zeros(1, np.uint8)]
    for length, share in SHARES.items():
        wanted = int(size * share / sum(SHARES.values()))
        room = 1 << length
        # Three quarters lie in the busy half of the space, so that long prefixes lie inside shorter ones.
        picked = (
            dice.choice(room, min(wanted, room // 2), replace=False)
            if length <= 16
            else np.unique(
                np.where(
                    dice.random(int(wanted * 1.03)) < 0.75,
                    dice.integers(0, room // 3, int(wanted * 1.03)),
                    dice.integers(0, room, int(wanted * 1.03)),
                )
            )
        )
        first.append(picked.astype(np.uint64) << np.uint64(32 - length))
        lengths.append(np.full(len(picked), length, np.uint8))
    return np.concatenate(first), np.concatenate(lengths)


def spans_of(first: np.ndarray, length: np.ndarray) -> Spans:
    order = np.lexsort((length, first))
    first, length = first[order], length[order]
    return Spans(first, first + (np.uint64(1) << (np.uint64(32) - length.astype(np.uint64))), length)


def line(name: str, seconds: float, rules: int, said: str) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(
        f"{name:44}{rules:>12,} rules{seconds:>8.2f} s{rules / seconds / 1e6:>7.2f} M/s{memory:>7.2f} GB  {said}"
    )


def check(tables: list[tuple[Spans, np.ndarray]], ways: Ways) -> int:
    """Return how many circles there are, from arrays alone."""
    columns: list[Steps] = [steps(paint(spans), chosen) for spans, chosen in tables]
    return sum(1 for _ in circles(columns, ways, 1 << 32))


def network(routers: int, size: int, *, looping: bool) -> tuple[list[tuple[Spans, np.ndarray]], Ways]:
    """Return routers that hold nearly the same prefixes and send each the short way to one of eight exits."""
    dice = np.random.default_rng(7)
    first, length = internet(1, size)
    exits = dice.integers(0, 8, len(first))
    ways = [frozenset[int](), *(frozenset({number}) for number in range(routers))]
    ways += [frozenset({number, number + 1}) for number in range(routers - 1)]
    tables = []
    for router in range(routers):
        kept = dice.random(len(first)) < 0.995  # every router lacks a few routes of its own
        kept[0] = False
        where = exits[kept] % routers
        # towards the exit along the line of routers: one step, or either of two equal ones
        step = np.where(where == router, 0, np.where(where < router, router - 1, router + 1) + 1)
        two = (where > router + 2) & (router + 2 < routers)
        step = np.where(two, 1 + routers + router + 1, step).astype(np.int32)
        if looping and router in {3, 4}:
            wrong = dice.random(len(step)) < 0.0001
            step[wrong] = (4 if router == 3 else 3) + 1
        f, n = first[kept], length[kept]
        order = np.lexsort((n, f))
        tables.append((spans_of(f, n), step[order]))
    return tables, ways


def batch() -> None:
    """One million rules a second in batch."""
    tables, ways = network(10, 100_000, looping=True)
    began = time.perf_counter()
    found = check(tables, ways)
    line(
        "batch, 10 routers, from arrays",
        time.perf_counter() - began,
        sum(len(t[1]) for t in tables),
        f"{found} circles",
    )


def full() -> None:
    """Twenty routers with the whole Internet's table each."""
    tables, ways = network(20, 930_000, looping=True)
    began = time.perf_counter()
    found = check(tables, ways)
    rules = sum(len(t[1]) for t in tables)
    line("20 routers with a full table, from arrays", time.perf_counter() - began, rules, f"{found} circles")


def parse() -> None:
    """The same through a file as FRR prints it, parsed apart."""
    first, length = internet(1, 930_000)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "show_ip_route.json"
        with path.open("w") as file:
            file.write("{\n")
            for number, (address, bits) in enumerate(zip(first.tolist(), length.tolist(), strict=True)):
                prefix = f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}/{bits}"
                file.write(
                    ("," if number else "") + json.dumps({prefix: [_printed(prefix, number)]}, indent=2)[2:-2]
                )
            file.write("\n}\n")
        size = path.stat().st_size

        def pieces() -> Iterator[str]:
            with path.open(encoding="utf-8-sig") as file:
                while piece := file.read(1 << 20):
                    yield piece

        began = time.perf_counter()
        builder = TableBuilder(Family.IPV4)
        for route in frr.routes(stream.members(pieces())):
            builder.add(route)
        table = builder.build(rows_share_a_prefix=False)
        line(
            f"parsing one FRR file of {size / 1e6:.0f} MB", time.perf_counter() - began, len(table.length), ""
        )
        began = time.perf_counter()
        with path.open() as file:
            json.load(file)
        line("  beside json.load alone", time.perf_counter() - began, len(table.length), "")


def _printed(prefix: str, number: int) -> dict:
    return {
        "prefix": prefix,
        "prefixLen": int(prefix.split("/")[1]),
        "protocol": "bgp",
        "vrfId": 0,
        "vrfName": "default",
        "selected": True,
        "destSelected": True,
        "distance": 200,
        "metric": 0,
        "installed": True,
        "table": 254,
        "internalStatus": 16,
        "internalFlags": 8,
        "internalNextHopNum": 1,
        "internalNextHopActiveNum": 1,
        "nexthopGroupId": 71,
        "installedNexthopGroupId": 71,
        "uptime": "1d02h03m",
        "nexthops": [
            {
                "flags": 3,
                "fib": True,
                "ip": f"10.0.{number % 8}.1",
                "afi": "ipv4",
                "interfaceIndex": 5,
                "interfaceName": f"eth{number % 8}",
                "active": True,
                "weight": 1,
            }
        ],
    }


def stanford() -> None:
    """Check a campus backbone as it was published: routers, forwarding rules by output port.

    A VLAN counts as all of its ports at once, so there may be circles that the switches below would not have.
    """
    if not STANFORD.exists():
        print("the Stanford backbone is not here")
        return
    peers: dict[tuple[str, str], set[str]] = {}
    for one, port, other, there in _rows("topo.txt"):
        peers.setdefault((one, port), set()).add(other)
        peers.setdefault((other, there), set()).add(one)
    vlans = {(router, vlan): ports for router, vlan, *ports in _rows("vlan.txt")}
    rules: dict[str, dict[tuple[int, int], set[str]]] = {}
    for sign, _, router, address, bits, port, _ in _rows("updates"):
        if sign == "+":
            after = set().union(
                *(peers.get((router, one), set()) for one in vlans.get((router, port), [port]))
            )
            rules.setdefault(router, {}).setdefault((int(address), int(bits)), set()).update(after)
    names = sorted(rules)
    ways: dict[frozenset[int], int] = {frozenset(): 0}
    tables = []
    for router in names:
        keys = sorted(rules[router])
        sets = [frozenset(names.index(one) for one in rules[router][key] if one in rules) for key in keys]
        chosen = np.array([ways.setdefault(one, len(ways)) for one in sets], np.int32)
        first, length = (np.array(column) for column in zip(*keys, strict=True))
        tables.append((spans_of(first.astype(np.uint64), length.astype(np.uint8)), chosen))
    began = time.perf_counter()
    found = list(circles([steps(paint(spans), chosen) for spans, chosen in tables], list(ways), 1 << 32))
    took = time.perf_counter() - began
    line("Stanford backbone, 16 routers", took, sum(len(t[1]) for t in tables), f"{len(found)} circles")


def _rows(name: str) -> list[list[str]]:
    return [row.split() for row in (STANFORD / name).read_text().splitlines()]


PARTS: dict[str, Callable[[], None]] = {"batch": batch, "full": full, "parse": parse, "stanford": stanford}


def main() -> None:
    """Run the parts that are named, or all."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
