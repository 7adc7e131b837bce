"""`fairlead export` writes everything in the commons into a new folder, or nothing."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_server_commands import fairlead
from tests.journeys.house import loaded


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return loaded(tmp_path_factory.mktemp("story") / "data", "day-21")


def test_everything_in_the_commons_is_written_and_nothing_else(data, tmp_path):
    done = fairlead("export", tmp_path / "out", "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    files = {one.name: one.stat().st_size for one in (tmp_path / "out").iterdir()}
    assert json.loads(done.stdout) == files
    assert set(files) == {
        "incidents.json", "incidents.csv", "timeline.csv", "factors.csv", "improvements.csv", "lessons.json",
    }  # fmt: skip
    incidents = json.loads((tmp_path / "out" / "incidents.json").read_text("utf-8"))
    routing = next(one for one in incidents if one["title"].startswith("Routing loop"))
    assert routing["impact"]
    assert routing["factors"]
    with (tmp_path / "out" / "incidents.csv").open(encoding="utf-8", newline="") as table:
        assert len(list(csv.DictReader(table))) == len(incidents)
    lessons = json.loads((tmp_path / "out" / "lessons.json").read_text("utf-8"))
    assert {one["incident"] for one in lessons} <= {one["id"] for one in incidents}
    whole = "".join(one.read_text("utf-8") for one in (tmp_path / "out").iterdir())
    assert "Jonas" not in whole
    assert "harbour.example" not in whole
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_what_is_there_is_not_written_over_and_what_cannot_be_written_leaves_nothing(data, tmp_path):
    (tmp_path / "kept").mkdir()
    refused = fairlead("export", tmp_path / "kept", "--data", data)
    assert (refused.returncode, "is there already" in refused.stderr) == (2, True)
    (tmp_path / "file").write_text("x", "utf-8")
    refused = fairlead("export", tmp_path / "file" / "out", "--data", data)
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "kept"]


def test_a_place_without_an_organisation_is_refused_in_a_sentence(tmp_path):
    refused = fairlead("export", tmp_path / "out", "--data", tmp_path / "nothing")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "out").exists()
