"""`fairlead routing-loop`: the story's own loop, in words and as JSON, and exit codes that say which answer it was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead import cli
from tests.guard.snapshots import rows

STORY = Path(__file__).parents[2] / "examples" / "story"


@pytest.fixture
def asked(capsys):
    def run(*arguments):
        code = cli.main(["routing-loop", *map(str, arguments)])
        return code, capsys.readouterr().out

    return run


def test_the_lab_passes_the_change_that_loops_in_production(asked):
    assert [asked(STORY / place)[0] for place in ("lab", "production", "production-mended", "cut-off")] == [
        0,
        1,
        0,
        2,
    ]


def test_lab_and_production_differ_in_the_edge_case_alone():
    lab, production = (
        json.loads((STORY / place / "interfaces.json").read_text()) for place in ("lab", "production")
    )
    assert set(production["routers"]) - set(lab["routers"]) == {"old-border-1", "old-border-2"}
    for device in ("border-1", "border-2"):
        assert (STORY / "lab" / device / "show_ip_route.json").read_text() == (
            STORY / "production" / device / "show_ip_route.json"
        ).read_text()


def test_the_loop_is_told_with_its_addresses_and_routes(asked):
    _, text = asked(STORY / "production")
    assert text.startswith("REFUSE  1 loop\n")
    assert "203.0.113.0/24  IPv4:  core-1 → core-2 → core-1" in text
    assert "core-2 sends 0.0.0.0/0 via 10.0.12.1 out of eth1 to core-1" in text
    assert "addresses 203.0.113.0 – 203.0.113.255" in text
    assert "Of all next hops, 36.4% lead outside" in text
    assert "What this cannot see" in text


def test_the_json_has_the_documented_fields_and_no_others(asked):
    code, text = asked(STORY / "production", "--format", "json")
    answer = json.loads(text)
    assert (code, sorted(answer)) == (1, ["errors", "external_share", "loops", "verdict"])
    assert answer["verdict"] == "REFUSE"
    (loop,) = answer["loops"]
    assert sorted(loop) == ["cycle", "family", "hops", "prefix", "regions", "vrf"]
    assert loop["regions"] == [["203.0.113.0", "203.0.113.255"]]


def test_an_error_says_that_nothing_was_checked(asked):
    code, text = asked(STORY / "cut-off")
    assert (code, "nothing was checked" in text, "core-2/show_ip_route.json" in text) == (2, True, True)
    assert json.loads(asked(STORY / "cut-off", "--format", "json")[1])["verdict"] == "ERROR"


def test_many_loops_and_errors_are_cut_short_in_words_and_whole_in_json(asked, tmp_path):
    both = [f"{a},,10.{n}.0.0/16,192.0.2.{h}," for n in range(0, 60, 2) for a, h in (("a", 2), ("b", 1))]
    holes = [f"a,,10.0.{n}.0/24,blackhole," for n in range(0, 60, 2)]
    unknown = [f"a,,11.{n}.0.0/16,198.51.100.{n},up" for n in range(30)]
    rows(tmp_path, *both, *holes, *unknown)
    code, text = asked(tmp_path)
    assert (code, "and 10 loops more" in text, "and 10 errors more" in text, "and 10 more" in text) == (
        2,
        True,
        True,
        True,
    )
    assert "30 loops found in the rest" in text
    answer = json.loads(asked(tmp_path, "--format", "json")[1])
    assert (len(answer["loops"]), len(answer["errors"])) == (30, 30)


def test_a_loop_in_a_vrf_says_so_and_a_single_address_is_not_a_range(asked, tmp_path):
    routers = {
        name: [{"name": "e", "vrf": "RED", "addresses": [f"192.0.2.{n}/30"]}]
        for name, n in (("a", 1), ("b", 2))
    }
    rows(tmp_path, "a,RED,10.0.0.7/32,192.0.2.2,", "b,RED,10.0.0.7/32,192.0.2.1,", routers=routers)
    text = asked(tmp_path)[1]
    assert "10.0.0.7/32  IPv4, vrf RED:  a → b → a" in text
    assert "a (vrf RED) sends" in text
    assert text.splitlines()[5] == "  addresses 10.0.0.7"


def test_nothing_heavy_is_imported_before_a_table_is_checked():
    code = "import sys; from fairlead.cli import main; main(['routing-loop', '-h']); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
