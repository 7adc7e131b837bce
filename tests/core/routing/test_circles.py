"""The part that decides, on arrays: classes, peeling and circles, also with more devices than a word has bits."""

import random
import string

import numpy as np
import pytest

from fairlead.core.routing import classes, naming
from fairlead.core.routing.cycles import circles, shortest_cycles
from fairlead.core.routing.paint import Steps
from tests.guard.snapshots import THREE, rows
from tests.guard.snapshots import circles as told


def columns(table):
    """Steps of devices from a table: one row for each device, the way of each of the points 0, 1, 2, …"""
    return [Steps(np.arange(len(row), dtype=np.uint64), np.array(row, np.int32)) for row in table]


def goes_round(ways, chosen):
    """Say whether following `chosen` from some device comes back to it, step by step."""
    for start in range(len(chosen)):
        seen, todo = set(), set(ways[chosen[start]])
        while todo:
            device = todo.pop()
            if device == start:
                return True
            if device not in seen:
                seen.add(device)
                todo |= ways[chosen[device]]
    return False


@pytest.mark.parametrize("devices", [1, 2, 7, 64, 65, 130])
def test_a_point_goes_round_exactly_when_following_it_comes_back(devices):
    dice = random.Random(devices)  # noqa: S311 - dice, not keys
    for _ in range(8):
        ways = [frozenset()]
        ways += [frozenset(dice.choices(range(devices), k=dice.choice((1, 1, 2)))) for _ in range(devices)]
        spread = [0] * (devices // 2 * 3) + list(range(len(ways)))
        table = [[dice.choice(spread) for _ in range(12)] for _ in range(devices)]
        found = set()
        for circle in circles(columns(table), ways, 12):
            for first, past in zip(circle.first.tolist(), circle.past.tolist(), strict=True):
                found.update(range(first, past))
                for point in range(first, past):
                    for device, after in zip(circle.cycle, [*circle.cycle[1:], circle.cycle[0]], strict=True):
                        assert after in ways[table[device][point]]
        assert found == {point for point in range(12) if goes_round(ways, [row[point] for row in table])}


def test_the_shortest_circle_of_devices_that_all_reach_each_other_is_named():
    assert shortest_cycles({0: [1], 1: [2], 2: [0, 1], 5: [5], 6: [5]}) == [(1, 2), (5,)]


def test_classes_are_the_same_whether_numbered_by_flags_or_by_sorting(monkeypatch):
    dice = random.Random(1)  # noqa: S311 - dice, not keys
    table = columns([[dice.randrange(9) for _ in range(200)] for _ in range(5)])
    by_flags = classes.classify(table)
    monkeypatch.setattr(classes, "_FLAGS", 0)
    by_sorting = classes.classify(table)
    assert (by_flags.of_atom == by_sorting.of_atom).all()
    assert (by_flags.ways == by_sorting.ways).all()


def test_prefixes_beyond_the_most_that_are_told_apart_stand_together(tmp_path, monkeypatch):
    monkeypatch.setattr(naming, "MOST", 2)
    lines = [f"{a},,10.{n}.0.0/16,192.0.2.{h}," for n in (0, 1, 4, 6) for a, h in (("a", 2), ("b", 1))]
    answer = rows(tmp_path, *lines)
    assert told(answer) == [("10.0.0.0/16", "ab"), ("10.1.0.0/16", "ab"), ("10.4.0.0/14", "ab")]
    assert answer.loops[2].regions == (("10.4.0.0", "10.4.255.255"), ("10.6.0.0", "10.6.255.255"))


def test_a_circle_of_three_is_told_in_the_order_of_the_packet(tmp_path):
    routers = THREE | {
        "c": [*THREE["c"], {"name": "e1", "addresses": ["192.0.2.9/30"]}],
        "a": [*THREE["a"], {"name": "e1", "addresses": ["192.0.2.10/30"]}],
    }
    lines = ("a,,10.0.0.0/8,192.0.2.2,", "b,,10.0.0.0/8,192.0.2.6,", "c,,10.0.0.0/8,192.0.2.10,")
    (loop,) = rows(tmp_path, *lines, routers=routers).loops
    assert "".join(loop.cycle) == string.ascii_lowercase[:3]
