"""Tables of IOS, NX-OS, XR, ASA and EOS, as the public ntc-templates read them, say the same as FRR's."""

import importlib.metadata

import pytest

from fairlead.core.routing.values import Route
from fairlead.guard import snapshot
from tests.guard.snapshots import circles, printed, rows

B = {"b/show_ip_route.json": [{"network": "10.0.0.0", "prefix_length": "8", "nexthop_ip": "192.0.2.1"}]}
IOS = {
    "vrf": "", "protocol": "S", "type": "", "network": "10.0.0.0", "prefix_length": "8", "distance": "1", "metric": "0",
    "nexthop_ip": "192.0.2.2", "nexthop_vrf": "", "nexthop_if": "", "uptime": "", "flag": "",
}  # fmt: skip
NXOS = {
    "vrf": "default", "protocol": "static", "type": "", "network": "10.0.0.0", "prefix_length": "8", "distance": "1",
    "metric": "0", "nexthop_ip": "192.0.2.2", "nexthop_if": "e0", "uptime": "1d", "nexthop_vrf": "", "tag": "",
}  # fmt: skip
XR = {
    "vrf": "", "protocol": "S", "network": "10.0.0.0", "prefix_length": "8", "distance": "1", "metric": "0",
    "type": "via", "next_hop": "192.0.2.2", "interface": "", "uptime": "1d",
}  # fmt: skip
ASA = {
    "protocol": "S", "type": "", "network": "10.0.0.0", "netmask": "255.0.0.0", "distance": "1", "metric": "0",
    "nexthopip": "192.0.2.2", "nexthopif": "e0", "uptime": "",
}  # fmt: skip
EOS = {
    "vrf": "default", "protocol": "S", "network": "10.0.0.0", "prefix_length": "8", "distance": "1", "metric": "0",
    "direct": "", "next_hop": ["192.0.2.2", "192.0.2.9"], "interface": ["e0", "up"],
}  # fmt: skip
MAKERS = {"ios": IOS, "nxos": NXOS, "xr": XR, "asa": ASA, "eos": EOS}


def table(tmp_path, *listed):
    return printed(tmp_path, {"a/show_ip_route.json": list(listed)} | B, externals=["192.0.2.9"])


@pytest.mark.parametrize("maker", MAKERS)
def test_a_row_of_each_maker_leads_to_its_next_hop(tmp_path, maker):
    assert circles(table(tmp_path, MAKERS[maker])) == [("10.0.0.0/8", "ab")]


def test_older_releases_name_the_columns_in_capitals(tmp_path):
    assert circles(table(tmp_path, {key.upper(): value for key, value in IOS.items()})) == [
        ("10.0.0.0/8", "ab")
    ]


def test_rows_of_one_prefix_are_equal_next_hops(tmp_path):
    other = IOS | {"nexthop_ip": "192.0.2.9"}
    assert circles(table(tmp_path, other, IOS, other)) == [("10.0.0.0/8", "ab")]


@pytest.mark.parametrize(
    "row",
    [
        IOS | {"nexthop_ip": "", "nexthop_if": "Null0"},
        IOS | {"protocol": "C", "nexthop_ip": "", "nexthop_if": "GigabitEthernet0/1"},
        NXOS | {"protocol": "direct", "nexthop_ip": "192.0.2.1"},  # NX-OS prints its own address there
        NXOS | {"protocol": "am", "nexthop_ip": "10.0.0.7"},
        XR | {"protocol": "L", "type": "directly", "next_hop": "connected", "interface": "Loopback0"},
        EOS | {"protocol": "C", "direct": "directly", "next_hop": ["connected"], "interface": ["Ethernet1"]},
        EOS | {"protocol": "S", "direct": "directly", "next_hop": ["connected"], "interface": ["Null0"]},
    ],
)
def test_what_ends_at_a_device_ends_there(tmp_path, row):
    answer = table(tmp_path, row)
    assert (answer.verdict, answer.errors) == ("ACCEPT", ())


def test_a_next_hop_in_another_vrf_is_looked_for_there(tmp_path):
    for row in (IOS | {"nexthop_vrf": "default"}, XR | {"interface": "vrf default"}):
        answer = printed(tmp_path, {"a/show_ip_route_vrf_RED.json": [row], "a/show_ip_route.json": [IOS]} | B)
        assert (answer.verdict, answer.errors) == ("REFUSE", ())


def test_ipv6_rows_name_prefix_and_length_together(tmp_path):
    row = {"protocol": "S", "network": "2001:DB8:1::/48", "nexthop_ip": "FE80::B", "nexthop_if": "e0"}
    back = row | {"nexthop_ip": "FE80::A"}
    assert circles(
        printed(tmp_path, {"a/show_ipv6_route.json": [row], "b/show_ipv6_route.json": [back]})
    ) == [("2001:db8:1::/48", "ab")]


def test_the_rows_may_name_the_vrf_that_the_file_does_not(tmp_path):
    red = [NXOS | {"vrf": "RED", "protocol": "direct"}, NXOS | {"vrf": "BLUE", "protocol": "direct"}]
    empty = {"vrf": "GREEN", "network": "", "nexthop_ip": "", "nexthop_if": ""}
    answer = printed(tmp_path, {"a/show_ip_route.json": [*red, empty]})
    assert (answer.errors, answer.routes) == ((), 2)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (1, "an entry is not a list or an object"),
        ([], "row 1 is not an object"),
        ({"route": "x"}, "row 1 has no “network”"),
        (IOS | {"prefix_length": ""}, "row 1 (“10.0.0.0”) says no prefix length"),
        (ASA | {"netmask": "255.0.255.0"}, "“255.0.255.0” is not a mask"),
        (ASA | {"netmask": "8"}, "“8” is not a mask"),
        (ASA | {"network": "shop-servers"}, "is not a prefix"),
        (IOS | {"nexthop_ip": ""}, "row 1 has neither a next hop nor an interface"),
        (EOS | {"interface": ["e0"]}, "row 1 has 2 next hops and 1 interfaces"),
        (IOS | {"nexthop_ip": "", "nexthop_if": "Dialer1"}, "sends 10.0.0.0/8 out of Dialer1"),
    ],
)
def test_a_row_that_cannot_be_read_is_an_error(tmp_path, row, said):
    answer = table(tmp_path, row)
    assert answer.verdict == "ERROR"
    assert said in answer.errors[0]


def test_a_reader_of_another_package_reads_the_directory(tmp_path, monkeypatch):
    def fixed(place):
        yield "a", Route("10.0.0.0/8", ())
        yield "b", Route((place / "prefix").read_text(), ())

    point = importlib.metadata.EntryPoint("ours", "tests.x:fixed", snapshot.READERS)
    monkeypatch.setattr(type(point), "load", lambda _: fixed)
    monkeypatch.setattr(snapshot, "entry_points", lambda group: [point] if group == snapshot.READERS else [])
    (tmp_path / "prefix").write_text("2001:db8::/32")
    answer = snapshot.check(tmp_path, "ours")
    assert (answer.verdict, answer.routes) == ("ACCEPT", 2)
    assert "no installed package offers it" in snapshot.check(tmp_path, "theirs").errors[0]


def test_repeated_rows_of_a_csv_are_one_next_hop(tmp_path):
    row = "a,,10.0.0.0/8,192.0.2.9,up"
    assert rows(tmp_path, row, row, externals=["192.0.2.9"]).errors == ()
