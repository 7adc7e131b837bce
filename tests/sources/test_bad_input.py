"""Whatever people and machines give, on every way in: it is read as far as it goes, kept as it came, and never run.

What cannot be read is answered in a sentence that says what it is and what to do. Sizes beyond the limits, archives,
links and the reading process itself are held in tests/core/importing and tests/cli/test_import.py.
"""

import hashlib
import hmac
import json
import re
import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fairlead import cli
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.models import Entry
from fairlead.foundation import clock
from fairlead.sources.records.door import open_source
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import content_of
from tests.api.programs import Program
from tests.sources.intake.test_import_page import choose, work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LAUGHS = '<!DOCTYPE a [<!ENTITY l0 "haha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)
TEXTS = {
    "no times": "The shop was down and nobody knows since when.",
    "three formats and midnight": "2026-11-20T23:50:00Z alarm\n[23:58] loop\n- **12:04 am** rolled back\n",
    "twelve-hour clocks": "2026-11-20 UTC\n9:05 am start\n11:58 pm almost\n12:01 am next day\n",
    "no zone": "2026-11-20\n14:27 alarm\n14:31 loop\n15:32 back\n",
    "times to come": "2099-01-01 10:00 UTC the sun grew\n2099-01-01 10:05 UTC it set\n",
    "broken JSON": 'at 14:27 UTC {"incidents": [{"id": "P1", "tit',
    "entities": f"{LAUGHS}]><a>14:27 UTC &l9;</a>",
    "entities that fetch": '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a> at 14:27 UTC',
    "a picture of code": '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">14:27 UTC</svg>',
    "script and image": "14:27 UTC <script>alert(1)</script><img src=x onerror=alert(1)>",
    "markdown that fetches": "14:27 UTC ![x](https://beacon.example/x.png) [y](javascript:alert(1))",
    "formulas": '=HYPERLINK("http://x.example") 14:27 UTC\n+1 14:28 UTC\n@SUM(A1) 14:29 UTC',
    "controls": "14:27 UTC \x1b[31mred\x07 \u202egnorw\u202c \ufeff half",
    "one long word": "14:27 UTC " + "x" * 300_000,
    "many lines": "14:27 UTC alarm\n" * 5_000,
}


@pytest.fixture(autouse=True)
def _a_morning():
    with clock.fixed(NOW):
        yield


def an_incident(cast):
    return Incident.objects.create(title="Routing loop", zone="UTC", started_at=NOW)


def kept(cast):
    return content_of(open_source(cast.actor("manager"), Source.objects.get().pk)).content


def pasted(cast, address, text):
    client = cast.client("manager")
    given = client.post(address, {"source_id": str(uuid.uuid4()), "text": text})
    assert given.status_code == 302, given.content.decode()
    return client.get(given.headers["Location"])


def in_the_box(cast, text):
    return pasted(cast, reverse("incident_record"), text)


def as_one_more_text(cast, text):
    return pasted(cast, reverse("text_add", args=[an_incident(cast).pk]), text)


def as_a_file(cast, text):
    client = cast.client("manager")
    file = SimpleUploadedFile("x.html", text.encode())
    given = client.post(reverse("incident_record"), {"source_id": str(uuid.uuid4()), "file": file})
    assert given.status_code == 302, given.content.decode()
    return client.get(given.headers["Location"])


def as_a_review(cast, text):
    return cast.client("manager").get(choose(cast.client("manager"), text.encode(), "reviews", "x.md"))


WAYS = {"box": in_the_box, "more": as_one_more_text, "file": as_a_file, "import": as_a_review}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_shown_as_words_and_kept_as_it_came(cast, name, way):
    page = WAYS[way](cast, TEXTS[name])
    assert page.status_code == 200
    assert kept(cast) == TEXTS[name].encode()
    shown = page.content.decode()
    assert not re.search(
        r"<script>alert|<img src=x|<svg[^>]*onload|href=.javascript|beacon[^<]*'>|haha(haha)+", shown
    )
    assert "\x1b" not in re.sub(r"<pre.*?</pre>", "", shown, flags=re.DOTALL)
    assert "root:" not in shown


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_by_the_command_as_far_as_it_goes(capsys, tmp_path, name):
    file = tmp_path / "x.txt"
    file.write_bytes(TEXTS[name].encode())
    code = cli.main(["import", "text", str(file), "--dry-run", "--json"])
    shown = capsys.readouterr()
    (found,) = map(json.loads, shown.out.splitlines())
    assert code == (1 if found["problems"] else 0)
    assert "Traceback" not in shown.err
    assert not re.search("haha(haha)+|\x1b", shown.out)
    if name == "no times":
        assert found["problems"] == ["There is no time in it."]
    if name == "no zone":
        assert "No time zone is named" in " ".join(found["problems"])
    if name == "times to come":
        assert "in the future" in " ".join(found["problems"])
    if name == "three formats and midnight":
        assert [one["at"][8:16] for one in found["entries"]] == ["20T23:50", "20T23:58", "21T00:04"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_comes_back_from_the_api_as_it_went_in(cast, name):
    program = Program(cast.manager)
    at = f"/incidents/{program.incident()['id']}/sources"
    made = program.post(at, {"text": TEXTS[name], "name": "<b>.html"})
    if "\0" in TEXTS[name] or made.status_code == 422:
        assert made.json()["detail"]
        return
    assert made.status_code == 201, made.content
    assert program.get(f"/sources/{made.json()['id']}").json()["text"] == TEXTS[name]


RECORDS = {
    "pagerduty": lambda words: json.dumps({"id": "P1", "title": words, "created_at": "2026-11-20T10:00:00Z"}),
    "alertmanager": lambda words: json.dumps(
        {"version": "4", "alerts": [{"startsAt": "2026-11-20T10:00:00Z", "labels": {"alertname": words}}]}
    ),
    "csv": lambda words: f'title,started,zone\n"{words}",2026-11-20 10:00,UTC\n',
}


@pytest.mark.parametrize("format_", RECORDS)
@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"]
)
def test_words_of_a_record_stay_words_on_every_page_and_in_every_table(cast, format_, words):
    client = cast.client("manager")
    page = choose(client, RECORDS[format_](words).encode(), format_)
    client.post(page, {"zone": "", "go": "1"})
    work()
    (incident,) = Incident.objects.all()
    pages = [
        page,
        reverse("incidents"),
        reverse("incident", args=[incident.pk]),
        reverse("source", args=[incident.pk]),
    ]
    for address in pages:
        assert not re.search(r"<script>alert|<img src=x", client.get(address).content.decode()), address
    for table in ("incidents", "improvements", "timeline", "factors"):
        text = b"".join(client.get(reverse("export", args=[table, "csv"])).streaming_content).decode()
        assert not re.search(r"(?m)(^|,)\"?[=+@]", text), table


BROKEN = {
    "cut in the middle": b'{"event": {"id": "e1", "event_ty',
    "no JSON": b"\xff\xfe\x00",
    "deep": b"[" * 50_000,
    "entities": f"{LAUGHS}]><a>&l9;</a>".encode(),
    "another shape": b'{"event": 7}',
    "a list of nothing": b"[]",
    "no incident": b'{"event": {"id": "e9", "event_type": "incident.triggered", "data": {"id": 7.5}}, "alerts": {}}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_webhook_that_cannot_be_read_makes_nothing_and_breaks_nothing(client, settings, cast, name):
    settings.FAIRLEAD_PAGERDUTY_SECRETS, settings.FAIRLEAD_ALERTMANAGER_SECRET = ("sekret",), "sekret"
    settings.FAIRLEAD_WEBHOOK_TEAM = "Network"
    body = BROKEN[name]
    signed = "v1=" + hmac.new(b"sekret", body, hashlib.sha256).hexdigest()
    pager = client.post(
        reverse("hook_pagerduty"),
        body,
        content_type="application/json",
        headers={"X-PagerDuty-Signature": signed},
    )
    alerts = client.post(
        reverse("hook_alertmanager"),
        body,
        content_type="application/json",
        headers={"Authorization": "Bearer sekret"},
    )
    assert {pager.status_code, alerts.status_code} <= {200, 202, 204, 400, 401, 404, 422}
    assert not Incident.objects.exists()
    assert not Entry.objects.exists()
