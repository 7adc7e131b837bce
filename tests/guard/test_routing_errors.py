"""What cannot be followed or read is an error with its reason, and never an answer."""

import json
import os

import pytest

from fairlead.core.routing import stream
from fairlead.core.routing.values import SnapshotError
from fairlead.guard import snapshot
from tests.guard.snapshots import THREE, printed, rows, used, via, wire

A = "a/show_ip_route.json"
ROUTE = {"10.0.0.0/8": [used(via("192.0.2.2"))]}
B_ENDS = {"b/show_ip_route.json": {"0.0.0.0/0": [used({"unreachable": True, "active": True})]}}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["a,,10.0.0.0/8,198.51.100.1,"],
            "198.51.100.1 of a is neither in interfaces.json nor in externals.json",
        ),
        (["a,,10.0.0.0/8,192.0.2.2,"], "leads to b, and the snapshot has no IPv4 table of it"),
        (["a,,2001:db8:1::/48,2001:db8::2,", "b,,0.0.0.0/0,reject,"], "the snapshot has no IPv6 table of it"),
        (["a,RED,10.0.0.0/8,192.0.2.2,", "b,,0.0.0.0/0,reject,"], "192.0.2.2 of a (vrf RED)"),
        (["a,,10.0.0.0/8,fe80::99,e0", "b,,0.0.0.0/0,reject,"], "fe80::99 of a out of e0"),
        (["a,,10.0.0.0/8,fe80::b,", "b,,0.0.0.0/0,reject,"], "fe80::b of a"),
        (["a,,10.0.0.0/8,here or there,"], "“here or there” is not an address"),
        (["a,,10.0.0.0/8,,e0", "b,,10.0.0.1/8,reject,"], "names an address inside the prefix"),
        (["a,,10.0.0.0/33,,e0"], "has no prefix length between 0 and 32"),
        (["a,,10.0.0.0,,e0"], "has no prefix length"),
        (["a,,10.0.0/8,,e0"], "is not a prefix"),
        (["a,,10.0.0.0/8,,"], "line 2 has neither a next hop nor an interface"),
        ([",,10.0.0.0/8,,e0"], "line 2 names no device"),
        (["a,10.0.0.0/8,,e0"], "line 2 has 4 columns instead of 5"),
        (['a,,"10.0.0.0/8,,e0'], "cannot be read as CSV"),
    ],
)
def test_a_row_that_cannot_be_followed_is_an_error(tmp_path, lines, said):
    answer = rows(tmp_path, *lines)
    assert answer.verdict == "ERROR"
    assert said in "\n".join(answer.errors)


def test_an_error_beside_a_loop_is_an_error(tmp_path):
    answer = rows(
        tmp_path, "a,,10.0.0.0/8,192.0.2.2,", "b,,10.0.0.0/8,192.0.2.1,", "a,,11.0.0.0/8,198.51.100.1,"
    )
    assert (answer.verdict, len(answer.loops), len(answer.errors)) == ("ERROR", 1, 1)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "it is empty"),
        (" \n ", "it is empty"),
        ("Codes: K - kernel route", "neither a JSON object nor a list"),
        ('{"10.0.0.0/8": [{"selected": true', "broken JSON, or was cut off"),
        ('{"10.0.0.0/8": []', "cut off"),
        ('{"10.0.0.0/8": [] "11.0.0.0/8": []}', "a comma is missing"),
        ('{"10.0.0.0/8" []}', "a colon is missing"),
        ("{1: []}", "a name is missing"),
        ("{} {}", "something follows after its end"),
        ('{"10.0.0.0/8": 1}', "is not a list or an object"),
        ("[1]", "an entry is not a list or an object"),
        ('{"a": ' + "[" * 100_000, "nested too deeply"),
        ({"10.0.0.0/8": {}}, "is not a list of routes"),
        ({"10.0.0.0/8": [1]}, "is not an object"),
        ({"10.0.0.0/8": [used(via("192.0.2.2"), prefix="11.0.0.0/8")]}, "stands a route for “11.0.0.0/8”"),
        ({"10.0.0.0/8": [used(via("192.0.2.2")), used(via("192.0.2.2"))]}, "two routes that are selected"),
        (
            {"10.0.0.0/8": [used(via("192.0.2.2"), installed=False)]},
            "none of its routes is selected and installed",
        ),
        ({"10.0.0.0/8": [used()]}, "none of its next hops is active"),
        ({"10.0.0.0/8": [used(nexthops=1)]}, "no list of next hops"),
        ({"10.0.0.0/8": [used({"active": True})]}, "neither an address nor an interface"),
        ({"2001:db8::/32": [used(via("192.0.2.2"))]}, "is it IPv6?"),
        ('{"10.0.0.0/8": [], "10.0.0.0/8": []}', "none of its routes"),
        (json.dumps(ROUTE)[:-1] + "," + json.dumps(ROUTE)[1:], "stands in it twice"),
    ],
)
def test_a_table_that_cannot_be_read_is_an_error(tmp_path, table, said):
    answer = printed(tmp_path, {A: table} | B_ENDS)
    assert answer.verdict == "ERROR"
    assert said in "\n".join(answer.errors)


def test_a_table_of_another_vrf_than_its_name_says_is_an_error(tmp_path):
    table = {"10.0.0.0/8": [used(via("192.0.2.2"), vrfName="BLUE")]}
    (error,) = printed(tmp_path, {"a/show_ip_route_vrf_RED.json": table}).errors
    assert error == (
        "a/show_ip_route_vrf_RED.json: it is named for vrf RED, and “10.0.0.0/8” in it is of vrf BLUE."
    )


def test_two_files_with_the_same_table_are_an_error(tmp_path):
    red = {"10.0.0.0/8": [used(via("192.0.2.2"), vrfName="RED")]}
    (error,) = printed(tmp_path, {A: red, "a/show_ip_route_vrf_RED.json": red}).errors
    assert "another file holds the ipv4 table of vrf RED" in error


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is broken JSON"),
        ("", "is broken JSON"),
        ("[]", "is not a JSON object"),
        ('{"routers": 1}', "has no object “routers”"),
        ('{"routers": {"a": 1}}', "is not a list"),
        ('{"routers": {"a": [1]}}', "has no name"),
        ('{"routers": {"a": [{"name": "e0", "addresses": [1]}]}}', "are not a list of texts"),
        ('{"routers": {"a": [{"name": "e0", "addresses": ["10.0.0.300/8"]}]}}', "has a wrong address"),
        ('{"routers": {"a": [{"name": "e0"}, {"name": "e0"}]}}', "names e0 of a twice"),
        ('{"routers": {"a": [], "a": []}}', "names “a” twice"),
    ],
)
def test_wrong_interfaces_are_an_error(tmp_path, text, said):
    printed(tmp_path, {A: ROUTE})
    (tmp_path / "interfaces.json").write_text(text)
    (error,) = snapshot.check(tmp_path).errors
    assert said in error


@pytest.mark.parametrize(
    "text", ["{}", '{"next_hops": [1]}', '{"next_hops": ["10.0.0.1/8"]}', '{"next_hops": ["x"]}']
)
def test_wrong_externals_are_an_error(tmp_path, text):
    printed(tmp_path, {A: ROUTE})
    (tmp_path / "externals.json").write_text(text)
    assert "externals.json" in snapshot.check(tmp_path).errors[0]


def test_an_address_of_two_devices_is_an_error(tmp_path):
    twins = THREE | {"c": [{"name": "e0", "addresses": ["192.0.2.2/30"]}]}
    (error,) = rows(tmp_path, "a,,10.0.0.0/8,192.0.2.2,", routers=twins).errors
    assert error == "The next hop 192.0.2.2 of a is an address of b and c."


def test_a_route_out_of_an_interface_without_a_link_is_an_error(tmp_path):
    out = used({"directlyConnected": True, "interfaceName": "tun0", "active": True})
    (error,) = printed(tmp_path, {A: {"10.0.0.0/8": [out]}}).errors
    assert error == "a sends 10.0.0.0/8 out of tun0, and no link in interfaces.json says to whom."


def test_an_empty_directory_a_missing_one_and_a_file_are_errors(tmp_path):
    assert snapshot.check(tmp_path).errors == (f"{tmp_path} holds no routing table.",)
    assert "cannot be read" in snapshot.check(tmp_path / "nothing").errors[0]
    (tmp_path / "file").write_text("")
    assert "is not a directory" in snapshot.check(tmp_path / "file").errors[0]


def test_a_device_without_a_table_is_an_error(tmp_path):
    printed(tmp_path, {A: ROUTE} | B_ENDS)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "show_ip_route.txt").write_text("10.0.0.0/8 via 10.0.0.1")
    assert "c holds no table" in snapshot.check(tmp_path).errors[0]


def test_rows_and_directories_together_are_an_error(tmp_path):
    printed(tmp_path, {A: ROUTE} | B_ENDS)
    assert "which of them counts?" in rows(tmp_path, "a,,10.0.0.0/8,reject,").errors[0]


def test_a_csv_without_its_header_is_an_error(tmp_path):
    wire(tmp_path)
    for text in ("", "a,,10.0.0.0/8,192.0.2.2,\n"):
        (tmp_path / "routes.csv").write_text(text)
        assert "must name the columns" in snapshot.check(tmp_path).errors[0]


def test_links_stay_inside_the_snapshot(tmp_path):
    printed(tmp_path / "one", {A: ROUTE} | B_ENDS)
    printed(tmp_path / "two", B_ENDS)
    (tmp_path / "two" / "a").symlink_to(tmp_path / "one" / "a")
    assert snapshot.check(tmp_path / "two").errors == ("a is a link that leads out of the snapshot.",)
    (tmp_path / "two" / "a").unlink()
    (tmp_path / "two" / "a").mkdir()
    (tmp_path / "two" / A).symlink_to(tmp_path / "one" / A)
    assert "leads out of the snapshot" in snapshot.check(tmp_path / "two").errors[0]
    (tmp_path / "two" / A).unlink()
    (tmp_path / "two" / A).symlink_to("nowhere")
    assert "leads nowhere" in snapshot.check(tmp_path / "two").errors[0]
    (tmp_path / "two" / A).unlink()
    (tmp_path / "two" / A).symlink_to("../b/show_ip_route.json")
    assert snapshot.check(tmp_path / "two").verdict == "ACCEPT"
    (tmp_path / "three").symlink_to("two")
    assert snapshot.check(tmp_path / "three").verdict == "ACCEPT"


def test_a_pipe_is_not_waited_for(tmp_path):
    printed(tmp_path, {A: ROUTE} | B_ENDS)
    (tmp_path / A).unlink()
    os.mkfifo(tmp_path / A)
    assert snapshot.check(tmp_path).errors == (f"{A}: it is not a file.",)


def test_bytes_that_are_not_text_are_an_error(tmp_path):
    printed(tmp_path, {A: ROUTE} | B_ENDS)
    (tmp_path / "externals.json").write_bytes(b'{"\xff')
    assert snapshot.check(tmp_path).errors == ("externals.json is not UTF-8.",)
    (tmp_path / "externals.json").unlink()
    (tmp_path / "externals.json").symlink_to("/etc/hostname")
    assert snapshot.check(tmp_path).errors == (
        "externals.json: it is a link that leads out of the snapshot.",
    )
    (tmp_path / A).write_bytes(b'{"\xff')
    assert snapshot.check(tmp_path).errors == (f"{A}: it cannot be read (it is not UTF-8).",)


def test_one_entry_without_end_is_given_up():
    with pytest.raises(SnapshotError, match="larger than 16 MB"):
        list(stream.members(["{", *['"a": [' + "1," * 500_000] * 20]))


def test_a_document_is_read_alike_however_it_is_cut_into_pieces():
    text = json.dumps(
        {f"10.{n}.0.0/16": [used(via("192.0.2.2"), note='“é”, \\" ')] for n in range(3)}, indent=1
    )
    whole = dict(stream.members([text]))
    for size in range(1, 40):
        assert dict(stream.members(text[at : at + size] for at in range(0, len(text), size))) == whole
