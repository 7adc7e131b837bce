"""What the routing safeguard makes of next hops: each kind leads where a router would send the packet."""

from tests.guard.snapshots import THREE, circles, printed, rows, used, via

A_TO_B = "a,,10.0.0.0/8,192.0.2.2,e0"
B_TO_A = "b,,10.0.0.0/8,192.0.2.1,e0"


def test_two_devices_that_point_at_each_other_are_a_loop(tmp_path):
    answer = rows(tmp_path, A_TO_B, B_TO_A)
    (loop,) = answer.loops
    assert (answer.verdict, loop.vrf, loop.family, loop.prefix) == ("REFUSE", "default", "ipv4", "10.0.0.0/8")
    assert loop.cycle == ("a", "b")
    assert loop.regions == (("10.0.0.0", "10.255.255.255"),)
    assert [hop._asdict() for hop in loop.hops] == [
        {
            "device": "a",
            "vrf": "default",
            "prefix": "10.0.0.0/8",
            "next_hop": "192.0.2.2",
            "interface": "e0",
            "to": "b",
        },
        {
            "device": "b",
            "vrf": "default",
            "prefix": "10.0.0.0/8",
            "next_hop": "192.0.2.1",
            "interface": "e0",
            "to": "a",
        },
    ]


def test_a_more_specific_route_takes_its_addresses_out_of_the_loop(tmp_path):
    (loop,) = rows(tmp_path, A_TO_B, B_TO_A, "b,,10.1.0.0/16,blackhole,").loops
    assert loop.regions == (("10.0.0.0", "10.0.255.255"), ("10.2.0.0", "10.255.255.255"))


def test_the_prefix_of_a_loop_is_the_most_specific_route_in_it(tmp_path):
    answer = rows(
        tmp_path, "a,,0.0.0.0/0,192.0.2.2,", "b,,10.0.0.0/9,192.0.2.1,", "b,,10.128.0.0/9,192.0.2.1,"
    )
    assert circles(answer) == [("10.0.0.0/9", "ab"), ("10.128.0.0/9", "ab")]


def test_default_routes_alone_can_loop(tmp_path):
    (loop,) = rows(tmp_path, "a,,0.0.0.0/0,192.0.2.2,", "b,,0.0.0.0/0,192.0.2.1,").loops
    assert loop.regions == (("0.0.0.0", "255.255.255.255"),)  # noqa: S104 - an address, not a door


def test_the_last_addresses_of_ipv6_belong_to_a_region_too(tmp_path):
    (loop,) = rows(tmp_path, "a,,::/0,2001:db8::2,", "b,,ff00::/8,2001:db8::1,", "b,,::/1,null0,").loops
    assert loop.regions == (("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),)


def test_one_of_several_equal_next_hops_is_enough_for_a_loop(tmp_path):
    answer = rows(tmp_path, A_TO_B, "b,,10.0.0.0/8,192.0.2.6,", B_TO_A, "c,,10.0.0.0/8,,lan")
    assert circles(answer) == [("10.0.0.0/8", "ab")]


def test_a_device_that_points_at_itself_is_a_loop_of_one(tmp_path):
    assert circles(rows(tmp_path, "a,,10.0.0.0/8,192.0.2.1,e0")) == [("10.0.0.0/8", "a")]


def test_packets_that_are_dropped_or_delivered_do_not_loop(tmp_path):
    for end in ("blackhole,", "reject,", "Null0,", ",Null0", ",lan", "local,"):
        assert rows(tmp_path, A_TO_B, f"b,,10.0.0.0/8,{end}").verdict == "ACCEPT"


def test_vrfs_with_the_same_addresses_are_kept_apart(tmp_path):
    routers = {
        name: [
            {"name": "r", "vrf": "RED", "addresses": [f"192.0.2.{host}/30"]},
            {"name": "b", "vrf": "BLUE", "addresses": [f"192.0.2.{host}/30"]},
        ]
        for name, host in (("a", 1), ("b", 2))
    }
    blue = ("a,BLUE,10.0.0.0/8,192.0.2.2,b", "b,BLUE,10.0.0.0/8,reject,")
    red = ("a,RED,10.0.0.0/8,192.0.2.2,r", "b,RED,10.0.0.0/8,192.0.2.1,r")
    (loop,) = rows(tmp_path, *blue, *red, routers=routers).loops
    assert (loop.vrf, [hop.vrf for hop in loop.hops]) == ("RED", ["RED", "RED"])


def test_a_link_joins_interfaces_whose_vrfs_have_different_names(tmp_path):
    routers = {
        "a": [{"name": "e0", "vrf": "RED", "addresses": ["192.0.2.1/30"], "link": "ab"}],
        "b": [{"name": "e0", "addresses": ["192.0.2.2/30"], "link": "ab"}],
    }
    answer = rows(tmp_path, "a,RED,0.0.0.0/0,192.0.2.2,e0", "b,,0.0.0.0/0,192.0.2.1,e0", routers=routers)
    assert [hop.vrf for hop in answer.loops[0].hops] == ["RED", "default"]


def test_a_route_leaked_into_another_vrf_is_followed_there(tmp_path):
    answer = printed(
        tmp_path,
        {
            "a/show_ip_route_vrf_RED.json": {"10.0.0.0/8": [used(via("192.0.2.2", vrf="default"))]},
            "b/show_ip_route.json": {"10.0.0.0/8": [used(via("192.0.2.1"))]},
            "a/show_ip_route.json": {"10.0.0.0/8": [used(via("192.0.2.2"))]},
        },
    )
    assert [hop.vrf for hop in answer.loops[0].hops] == ["default", "default"]


def test_a_link_local_next_hop_is_found_by_its_link(tmp_path):
    answer = rows(tmp_path, "a,,2001:db8:1::/48,fe80::b,e0", "b,,2001:db8:1::/48,fe80::a%e0,")
    assert circles(answer) == [("2001:db8:1::/48", "ab")]


def test_a_link_with_two_ends_needs_no_link_local_addresses(tmp_path):
    routers = {name: [{"name": "e0", "addresses": [], "link": "ab"}] for name in "ab"}
    answer = rows(tmp_path, "a,,10.0.0.0/8,fe80::b,e0", "b,,10.0.0.0/8,fe80::a,e0", routers=routers)
    assert circles(answer) == [("10.0.0.0/8", "ab")]


def test_a_next_hop_far_away_is_reached_by_the_devices_own_route_to_it(tmp_path):
    far = [*THREE["c"], {"name": "lo", "addresses": ["198.51.100.3/32"]}]
    routers = THREE | {"c": far}
    behind_b = ("a,,10.0.0.0/8,198.51.100.3,", "a,,198.51.100.3/32,192.0.2.2,e0", B_TO_A)
    assert circles(rows(tmp_path, *behind_b, "c,,10.0.0.0/8,,lan", routers=routers)) == [("10.0.0.0/8", "ab")]


def test_a_next_hop_behind_a_null_route_is_dropped(tmp_path):
    answer = rows(tmp_path, "a,,10.0.0.0/8,198.51.100.3,", "a,,198.51.100.0/24,blackhole,")
    assert (answer.verdict, answer.errors) == ("ACCEPT", ())


def test_what_frr_resolved_is_believed_and_what_it_did_not_is_resolved(tmp_path):
    recursive = {"ip": "198.51.100.3", "recursive": True, "active": True}
    back = {"10.0.0.0/8": [used(via("192.0.2.1"))]}
    for hops in ([recursive, via("192.0.2.2")], [recursive, via("192.0.2.2", resolver=True)]):
        answer = printed(
            tmp_path, {"a/show_ip_route.json": {"10.0.0.0/8": [used(*hops)]}, "b/show_ip_route.json": back}
        )
        assert circles(answer) == [("10.0.0.0/8", "ab")]
    alone = {"10.0.0.0/8": [used(recursive)], "198.51.100.3/32": [used(via("192.0.2.2"))]}
    answer = printed(tmp_path, {"a/show_ip_route.json": alone, "b/show_ip_route.json": back})
    assert circles(answer) == [("10.0.0.0/8", "ab")]


def test_an_ipv4_next_hop_in_ipv6_clothes_is_the_ipv4_address(tmp_path):
    answer = rows(tmp_path, "a,,2001:db8:1::/48,::ffff:192.0.2.2,e0", "b,,2001:db8:1::/48,fe80::a,e0")
    assert circles(answer) == [("2001:db8:1::/48", "ab")]


def test_a_prefix_of_mapped_addresses_stays_ipv6(tmp_path):
    answer = rows(tmp_path, "a,,::ffff:0:0/96,2001:db8::2,", "b,,::/0,2001:db8::1,")
    assert [(loop.family, loop.prefix) for loop in answer.loops] == [("ipv6", "::ffff:0.0.0.0/96")]


def test_a_static_route_out_of_an_interface_leads_to_the_other_end_of_its_link(tmp_path):
    out = {"directlyConnected": True, "interfaceName": "e0", "active": True}
    back = {"10.0.0.0/8": [used(via("192.0.2.1"))]}
    tables = {"a/show_ip_route.json": {"10.0.0.0/8": [used(out)]}, "b/show_ip_route.json": back}
    assert circles(printed(tmp_path, tables)) == [("10.0.0.0/8", "ab")]
    assert circles(rows(tmp_path / "csv", "a,,10.0.0.0/8,,e0", B_TO_A)) == [("10.0.0.0/8", "ab")]


def test_the_network_of_an_interface_is_delivered_on_it(tmp_path):
    assert rows(tmp_path, "a,,192.0.2.0/30,,e0", "b,,192.0.2.0/30,192.0.2.1,e0").verdict == "ACCEPT"
    connected = used({"directlyConnected": True, "interfaceName": "e0", "active": True}, protocol="connected")
    assert (
        printed(tmp_path / "frr", {"a/show_ip_route.json": {"10.0.0.0/8": [connected]}}).verdict == "ACCEPT"
    )


def test_routes_that_are_not_selected_and_installed_do_not_count(tmp_path):
    idle = used(via("192.0.2.2"), installed=False)
    other = used(via("192.0.2.2"), selected=False)
    tables = {
        "a/show_ip_route.json": {
            "10.0.0.0/8": [idle, other, used({"unreachable": True, "reject": True, "active": True})]
        },
        "b/show_ip_route.json": {"10.0.0.0/8": [used(via("192.0.2.1"))]},
    }
    assert printed(tmp_path, tables).verdict == "ACCEPT"


def test_an_inactive_next_hop_is_not_taken(tmp_path):
    hops = used({"ip": "192.0.2.2", "interfaceName": "e0"}, via("192.0.2.9", "up"))
    tables = {
        "a/show_ip_route.json": {"10.0.0.0/8": [hops]},
        "b/show_ip_route.json": {"10.0.0.0/8": [used(via("192.0.2.1"))]},
    }
    assert printed(tmp_path, tables, externals=["192.0.2.9"]).verdict == "ACCEPT"


def test_what_is_declared_outside_is_counted(tmp_path):
    answer = rows(
        tmp_path,
        A_TO_B,
        "b,,10.0.0.0/8,203.0.113.1,up",
        "b,,11.0.0.0/8,203.0.113.7,up",
        "b,,12.0.0.0/8,,lan",
        externals=["203.0.113.1", "203.0.113.4/30"],
    )
    assert (answer.verdict, answer.external_share) == ("ACCEPT", 2 / 3)


def test_an_interface_can_be_declared_outside(tmp_path):
    tunnel = used({"directlyConnected": True, "interfaceName": "tun0/1", "active": True})
    answer = printed(tmp_path, {"a/show_ip_route.json": {"10.0.0.0/8": [tunnel]}}, externals=["a/tun0/1"])
    assert (answer.verdict, answer.external_share) == ("ACCEPT", 1.0)


def test_a_declaration_does_not_hide_a_device_that_the_snapshot_holds(tmp_path):
    assert rows(tmp_path, A_TO_B, B_TO_A, externals=["192.0.2.0/24"]).verdict == "REFUSE"


def test_a_device_outside_the_snapshot_may_be_declared_so(tmp_path):
    assert rows(tmp_path, A_TO_B, externals=["192.0.2.2"]).external_share == 1.0


def test_a_far_next_hop_of_the_other_family_is_taken_as_it_is(tmp_path):
    routers = THREE | {"b": [*THREE["b"], {"name": "lo", "addresses": ["198.51.100.2/32"]}]}
    answer = rows(
        tmp_path, "a,,2001:db8:1::/48,198.51.100.2,", "", "b,,2001:db8:1::/48,fe80::a,e0", routers=routers
    )
    assert circles(answer) == [("2001:db8:1::/48", "ab")]


def test_a_far_next_hop_on_an_attached_network_is_taken_as_it_is(tmp_path):
    routers = THREE | {"b": [*THREE["b"], {"name": "lo", "addresses": ["198.51.100.2/32"]}]}
    for attached in ("a,,198.51.100.0/24,connected,", "a,,198.51.100.0/24,,lan"):
        answer = rows(tmp_path, "a,,10.0.0.0/8,198.51.100.2,", attached, B_TO_A, routers=routers)
        assert circles(answer) == [("10.0.0.0/8", "ab")]
