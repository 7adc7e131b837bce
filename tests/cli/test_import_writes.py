"""`fairlead import` puts incidents on record: once each, with their sources, whatever else goes wrong."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_server_commands import PASSWORD, fairlead

SAMPLES = Path(__file__).parents[1] / "data" / "importing"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """An organisation that was set up with `fairlead init`."""
    data = tmp_path_factory.mktemp("imports") / "data"
    done = fairlead(
        "init", "--data", data, "--name", "Pier Nine", "--currency", "EUR", "--zone", "Europe/Berlin",
        "--email", "ada@pier.example", "--user-name", "Ada Berg", FAIRLEAD_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return data


def bring(place, *arguments):
    return fairlead("import", *arguments, "--data", place)


def count(place, table):
    with sqlite3.connect(place / "fairlead.sqlite3") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables


def test_a_text_becomes_an_incident_with_source_and_timeline_once(place):
    line = ("text", SAMPLES / "chat.txt", "--zone", "Europe/Berlin", "--date", "2026-11-20")
    before = count(place, "incidents_incident")
    first = bring(place, *line)
    assert "1 incident put on record, 0 known already" in first.stdout, first.stderr
    second = bring(place, *line)
    assert "0 incidents put on record, 1 known already" in second.stdout
    assert count(place, "incidents_incident") == before + 1
    assert count(place, "records_source") == 1
    assert count(place, "timeline_entry") >= 1


@pytest.mark.parametrize(
    ("format_", "files"),
    [
        ("pagerduty", ["pagerduty.json", "pagerduty_log.json"]),
        ("alertmanager", ["alertmanager.json", "grafana.json"]),
        ("csv", ["incidents.csv"]),
        ("reviews", ["reviews"]),
    ],
)
def test_each_format_goes_in_and_a_second_time_changes_nothing(place, format_, files):
    paths = [SAMPLES / name for name in files]
    bring(place, format_, *paths, "--zone", "UTC")
    after_one = {
        t: count(place, t)
        for t in ("incidents_incident", "records_source", "timeline_entry", "records_rawentry")
    }
    again = bring(place, format_, *paths, "--zone", "UTC")
    assert "0 incidents put on record" in again.stdout, again.stderr
    assert {table: count(place, table) for table in after_one} == after_one


def test_an_incident_that_was_opened_again_at_the_pager_is_open_here_too(place, tmp_path):
    file = tmp_path / "pager.json"

    def stands(**more):
        made = {"id": "PREOPEN", "title": "Again", "created_at": "2026-11-20T13:00:00Z", **more}
        file.write_text(json.dumps(made), "utf-8")
        done = bring(place, "pagerduty", file)
        assert "1 incident put on record" in done.stdout or "1 known already" in done.stdout, done.stderr
        with sqlite3.connect(place / "fairlead.sqlite3") as database:
            (found,) = database.execute(
                "SELECT resolved_at FROM incidents_incident WHERE title = 'Again'"
            ).fetchall()
        return found[0]

    assert stands(status="resolved", resolved_at="2026-11-20T14:00:00Z") is not None
    assert stands(status="triggered", last_status_change_at="2026-11-20T14:30:00Z") is None
    assert stands(status="resolved", resolved_at="2026-11-20T15:00:00Z") is not None


def test_json_prints_what_was_written_an_object_a_line(place):
    done = bring(place, "csv", SAMPLES / "incidents.csv", "--zone", "UTC", "--json")
    assert all("source_id" in json.loads(line) for line in done.stdout.splitlines())


def test_who_brings_it_can_be_named_and_must_work_here(place):
    nobody = bring(place, "text", SAMPLES / "chat.txt", "--as", "nobody@pier.example")
    assert nobody.returncode == 2
    assert "Nobody here has the e-mail" in nobody.stderr
    named = ("--zone", "UTC", "--date", "2026-11-20", "--as", "ada@pier.example")
    assert bring(place, "text", SAMPLES / "chat.txt", *named).returncode == 0


def test_what_a_person_should_look_at_is_said_and_goes_in_all_the_same(place):
    done = bring(place, "text", SAMPLES / "chat.txt")
    assert done.returncode == 1
    assert "put on record" in done.stdout
    assert "No day is named" in done.stdout


def test_a_place_without_an_organisation_is_refused_in_a_sentence(tmp_path):
    done = bring(tmp_path / "none", "text", SAMPLES / "chat.txt", "--zone", "UTC")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_one_bad_file_does_not_stop_the_others(place, tmp_path):
    bad, good = tmp_path / "bad.json", tmp_path / "good.json"
    bad.write_text('{"incidents": [')
    good.write_text(
        json.dumps({"id": "P1", "incident_number": 1, "title": "Queue stuck", "status": "resolved",
                    "created_at": "2026-11-20T10:00:00Z", "resolved_at": "2026-11-20T11:00:00Z"})
    )  # fmt: skip
    done = bring(place, "pagerduty", bad, good)
    assert done.returncode == 1
    assert "bad.json" in done.stderr
    assert "1 incident put on record" in done.stdout
