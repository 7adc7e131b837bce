"""A review through the API: its draft read and written, published as it was read, and read by everybody."""

import uuid

import pytest

from fairlead.commons.reviews.models import Publication
from fairlead.foundation.audit.models import AuditEntry
from tests.api.programs import Program
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return without_a_case(cast)


@pytest.fixture
def at(world):
    return f"/incidents/{world.incident.pk}/review"


@pytest.fixture
def program(world):
    return Program(world.cast.teammate)


def section(draft, key):
    return next(one for one in draft["sections"] if one["key"] == key)


def test_everybody_reads_what_was_published(world, at):
    told = Program(world.cast.hr).get(at).json()
    assert told["number"] == 1
    assert {"key", "title", "markdown"} == set(told["sections"][0])


def test_a_draft_is_nothing_to_who_works_in_no_team(world, at):
    hr = Program(world.cast.hr)
    nothing = hr.get(f"/incidents/{uuid.uuid4()}/review/draft")
    assert hr.get(f"{at}/draft").content == nothing.content
    assert hr.put(f"{at}/draft/lessons", {"words": "x", "version": 0}).status_code == 404
    assert hr.post(at, {"seen": "x"}).status_code == 404


def test_a_section_is_written_and_the_draft_published_as_it_was_read(program, at):
    before = section(program.get(f"{at}/draft").json(), "lessons")
    told = program.put(f"{at}/draft/lessons", {"words": "Two routes.", "version": before["version"]})
    assert told.status_code == 200, told.content
    assert (told.json()["words"], told.json()["version"]) == ("Two routes.", before["version"] + 1)
    draft = program.get(f"{at}/draft").json()
    published = program.post(at, {"seen": draft["seen"]})
    assert published.status_code == 201, published.content
    assert published.json()["number"] == 2
    assert program.get(at).json() == published.json()
    assert AuditEntry.objects.order_by("-sequence").first().action == "review.published"


def test_nobody_overwrites_what_they_have_not_read(program, at):
    version = section(program.get(f"{at}/draft").json(), "lessons")["version"]
    assert program.put(f"{at}/draft/lessons", {"words": "One.", "version": version}).status_code == 200
    late = program.put(f"{at}/draft/lessons", {"words": "Two.", "version": version})
    assert (late.status_code, late.json()["field"]) == (409, "edition")
    assert section(program.get(f"{at}/draft").json(), "lessons")["words"] == "One."


def test_nobody_publishes_what_they_have_not_read(program, at):
    draft = program.get(f"{at}/draft").json()
    version = section(draft, "lessons")["version"]
    program.put(f"{at}/draft/lessons", {"words": "Another.", "version": version})
    assert program.post(at, {"seen": draft["seen"]}).status_code == 409
    assert Publication.objects.count() == 1


def test_words_that_name_somebody_are_refused_with_the_neutral_ones(program, at):
    version = section(program.get(f"{at}/draft").json(), "lessons")["version"]
    answer = program.put(f"{at}/draft/lessons", {"words": "Priya Raman broke it.", "version": version})
    assert answer.status_code == 422
    assert answer.json()["missing"][0]["code"] == "names_somebody"
    assert "Priya" not in answer.json()["neutral"]["words"]


def test_what_may_tell_who_it_was_is_changed_or_kept_with_a_reason(program, at):
    version = section(program.get(f"{at}/draft").json(), "lessons")["version"]
    program.put(f"{at}/draft/lessons", {"words": "The junior engineer saw it first.", "version": version})
    draft = program.get(f"{at}/draft").json()
    assert draft["undecided"]
    refused = program.post(at, {"seen": draft["seen"]})
    assert refused.status_code == 422
    assert {one["code"] for one in refused.json()["missing"]} == {"undecided"}
    kept = {one["id"]: "many" for one in draft["undecided"]}
    assert program.post(at, {"seen": draft["seen"], "kept": kept}).status_code == 201


def test_a_section_there_is_not_is_not_here(program, at):
    assert program.put(f"{at}/draft/weather", {"words": "x", "version": 0}).status_code == 404
