"""The page Import: choose, look over, map the columns, watch it go in, read what did not."""

import io
import json
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairlead.commons.incidents.models import Incident
from fairlead.foundation.outbox.worker import work_once
from fairlead.sources.intake import runs
from fairlead.sources.intake.models import ImportRun
from fairlead.sources.records.models import Source

pytestmark = pytest.mark.django_db
TABLE = b"Was,Begin,End\nQueue stuck,2026-11-20 10:00,2026-11-20 11:00\nDisk full,2026-11-21 10:00,never\n"


def choose(client, content, format_="csv", name="incidents.csv"):
    answer = client.post(
        reverse("imports"),
        {"source_id": str(uuid.uuid4()), "format": format_, "file": SimpleUploadedFile(name, content)},
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer.headers["Location"]


def work():
    while work_once(50):
        pass


def test_a_table_is_mapped_looked_over_and_put_on_record(cast):
    client = cast.client("manager")
    page = choose(client, TABLE)
    assert "There are: Was, Begin, End" in client.get(page).content.decode().replace("“", "").replace("”", "")
    form = {
        "zone": "UTC",
        "day": "",
        "column_title": "Was",
        "column_started": "Begin",
        "column_resolved": "End",
    }
    client.post(page, form)
    looked = client.get(page).content.decode()
    assert "Queue stuck" in looked
    assert not Incident.objects.exists()
    client.post(page, {**form, "go": "1"})
    assert "hx-get" in client.get(page).content.decode()
    work()
    done = client.get(page + "progress/").content.decode()
    assert "2 put on record" in done
    assert sorted(Incident.objects.values_list("title", flat=True)) == ["Disk full", "Queue stuck"]


def test_the_same_file_again_makes_nothing_double(cast):
    client = cast.client("manager")
    for _ in range(2):
        page = choose(client, TABLE)
        client.post(page, {"zone": "UTC", "column_title": "Was", "column_started": "Begin", "go": "1"})
        work()
    assert Incident.objects.count() == 2
    assert "0 put on record, 2 known already" in client.get(page).content.decode()


def test_many_go_in_bit_by_bit_and_progress_is_told(cast, monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    rows = "\n".join(f"Outage {number},2026-11-20 10:00" for number in range(5))
    client = cast.client("manager")
    page = choose(client, f"title,started\n{rows}\n".encode())
    client.post(page, {"zone": "UTC", "go": "1"})
    work_once(1)
    while ImportRun.objects.get().done == 0:
        assert work_once(1)
    assert "2 of 5 are on record" in client.get(page).content.decode()
    work()
    assert Incident.objects.count() == 5
    assert "5 put on record" in client.get(page).content.decode()


def test_what_did_not_go_in_is_named_and_the_rest_does(cast):
    good = {"id": "P1", "incident_number": 1, "title": "Queue stuck", "status": "resolved",
            "created_at": "2026-11-20T10:00:00Z", "resolved_at": "2026-11-20T11:00:00Z"}  # fmt: skip
    cut = (json.dumps(good) + "\n" + json.dumps({**good, "id": "P2"})[:60]).encode()
    client = cast.client("manager")
    page = choose(client, cut, "pagerduty", "cut.json")
    assert "What could not be read" in client.get(page).content.decode()
    client.post(page, {"zone": "", "go": "1"})
    work()
    done = client.get(page).content.decode()
    assert "1 put on record" in done
    assert "What did not go in" in done


def test_what_went_in_and_is_doubtful_is_named_with_a_way_to_it_and_nothing_speaks_of_flags(cast):
    client = cast.client("manager")
    page = choose(client, b"title,started\nQueue stuck,whenever\nDisk full,2026-11-20 10:00\n")
    looked = client.get(page).content.decode()
    assert "whenever" in looked
    assert "so the times were read as UTC. Choose one above." in looked
    client.post(page, {"zone": "", "go": "1"})
    work()
    done = client.get(page).content.decode()
    stuck = Incident.objects.get(title="Queue stuck")
    assert reverse("incident", args=[stuck.pk]) in done
    assert "“whenever” is not a time we can read" in done
    assert "Correct them there if that is wrong." in done
    assert "--" not in (looked + done).replace("<!--", "").replace("-->", "")


def test_a_run_is_for_whoever_began_it(cast):
    page = choose(cast.client("manager"), TABLE)
    other = cast.client("teammate")
    for address in (page, page + "progress/"):
        for method in ("get", "post", "put"):
            assert getattr(other, method)(address).status_code == 404


def test_who_may_not_write_begins_nothing(cast):
    refused = cast.client("hr").post(
        reverse("imports"), {"format": "csv", "file": SimpleUploadedFile("a.csv", TABLE)}
    )
    assert refused.status_code == 422
    assert not Source.objects.exists()


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as export:
        export.writestr("channels.json", b"[]" + b" " * 50_000_000)
        export.writestr("../escape.json", b"[]")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"PK\x03\x04 cut", "slack"),
        (bomb(), "slack"),
        (b'{"incidents": [', "pagerduty"),
        (b"[" * 100_000, "alertmanager"),
        (b"\x00\x01", "csv"),
        (b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "pagerduty"),
        (b"title,started\n=HYPERLINK(1),2099-01-01 10:00\n", "csv"),
    ],
    ids=["cut-zip", "bomb", "cut-json", "deep", "binary", "entities", "formula"],
)
def test_a_hostile_file_is_answered_with_a_page(cast, content, format_):
    client = cast.client("manager")
    page = choose(client, content, format_, "file.bin")
    assert client.get(page).status_code == 200
    client.post(page, {"zone": "", "go": "1"})
    work()
    assert client.get(page).status_code == 200
