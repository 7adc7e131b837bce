"""Every address that can go round is found, and no other: compared with a tracer that follows one address at a time."""

from ipaddress import ip_address

import pytest

from fairlead.guard import snapshot
from tests.guard.networks import FAR, SPACE, Tracer, random_network, write


def addresses_of(version):
    return [*map(str, SPACE[version]), *FAR[version]]


def compare(network, place, style) -> bool:
    """Compare the answer about a network with the tracer's; returns whether anything goes round."""
    write(network, place, style)
    answer = snapshot.check(place)
    assert answer.errors == ()
    tracer = Tracer(network)
    found = set()
    for loop in answer.loops:
        nodes = [(hop.device, hop.vrf) for hop in loop.hops]
        assert loop.cycle == tuple(device for device, _ in nodes)
        for begin, end in loop.regions:
            for text in {begin, end} | set(addresses_of(network.version)):
                address = ip_address(text)
                if not ip_address(begin) <= address <= ip_address(end):
                    continue
                found.add(text)
                routes = [tracer.route(node, address)[0] for node in nodes]
                assert [hop.prefix for hop in loop.hops] == list(map(str, routes))
                assert loop.prefix == str(max(routes, key=lambda route: route.prefixlen))
                for node, after in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
                    assert after in tracer.successors(node, address)
    for text in {*addresses_of(network.version), *found}:
        assert (text in found) == tracer.goes_round(text), f"{text} in {network}"
    assert answer.verdict == ("REFUSE" if answer.loops else "ACCEPT")
    return bool(answer.loops)


def compare_many(seeds, tmp_path) -> float:
    looping = 0
    for seed in seeds:
        place = tmp_path / str(seed)
        place.mkdir()
        looping += compare(random_network(seed), place, ("frr", "csv")[seed % 2])
    return looping / len(seeds)


def test_two_hundred_random_networks_are_answered_as_the_tracer_answers(tmp_path):
    assert 0.3 <= compare_many(range(200), tmp_path) <= 0.7


@pytest.mark.slow
def test_three_thousand_random_networks_are_answered_as_the_tracer_answers(tmp_path):
    assert 0.3 <= compare_many(range(1000, 4000), tmp_path) <= 0.7
