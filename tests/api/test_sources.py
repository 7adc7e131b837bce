"""Sources through the API: for those who responded; for everybody else there is nothing, and the trail knows."""

import uuid

import pytest

from fairlead.foundation.audit.models import AuditEntry
from fairlead.sources.records.models import Source
from tests.api.programs import Program

pytestmark = pytest.mark.django_db
HEAT = "14:27 jonas: I think it was my change"
GIVEN = {"text": HEAT, "name": "ops.log", "lines": [{"at": "2026-01-05T14:27:00Z", "words": "my change"}]}


@pytest.fixture
def program(cast):
    return Program(cast.teammate)


@pytest.fixture
def at(program):
    return f"/incidents/{program.incident()['id']}/sources"


@pytest.fixture
def source(program, at):
    made = program.post(at, GIVEN)
    assert made.status_code == 201, made.content
    return made.json()


def test_whoever_brings_a_source_reads_it_byte_for_byte(program, at, source):
    assert program.get(at).json() == [source]
    told = program.get(f"/sources/{source['id']}").json()
    assert (told["text"], told["name"], told["kind"]) == (HEAT, "ops.log", "text")
    assert [(one["words"], one["state"]) for one in told["lines"]] == [("my change", "waiting")]
    assert told["erase_on"] > told["kept_at"][:10]


def test_the_answer_to_who_brings_it_repeats_none_of_its_words(program, at):
    assert HEAT not in program.post(at, GIVEN).content.decode()


@pytest.mark.parametrize("who", ["manager", "engineer", "hr", "director", "operator"])
def test_who_did_not_respond_gets_the_same_bytes_as_for_nothing(cast, at, source, who):
    other = Program(getattr(cast, who))
    here, nothing = other.get(f"/sources/{source['id']}"), other.get(f"/sources/{uuid.uuid4()}")
    assert here.status_code == 404
    assert here.content == nothing.content
    assert other.get(at).json() == []


def test_every_reading_is_on_record_also_a_refused_one(cast, program, source):
    program.get(f"/sources/{source['id']}")
    Program(cast.hr).get(f"/sources/{source['id']}")
    found = AuditEntry.objects.filter(action="source.read").order_by("sequence")
    assert [one.outcome for one in found] == ["granted", "refused"]


def test_a_token_that_reads_incidents_reads_no_source(cast, source):
    assert Program(cast.teammate, "incidents:read").get(f"/sources/{source['id']}").status_code == 403


def test_somebody_outside_the_teams_brings_none(cast, at):
    assert Program(cast.hr).post(at, GIVEN).status_code == 403
    assert not Source.objects.exists()


def test_the_same_text_again_is_kept_once(program, at, source):
    assert program.post(at, GIVEN).json()["id"] == source["id"]
    assert Source.objects.count() == 1


def test_the_words_are_sealed_where_they_are_kept(source):
    assert HEAT.encode() not in bytes(Source.objects.get().content)
