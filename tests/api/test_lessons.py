"""Lessons for repositories: all of them at once, whole, and what is counted there comes back without any change."""

import base64
import hashlib
import uuid

import pytest

from fairlead.commons.lessons.models import Lesson
from fairlead.commons.lessons.services import lesson_mute, lesson_write
from fairlead.core.lessons.lesson import Triggers
from tests.api.programs import Program
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return without_a_case(cast)


@pytest.fixture
def program(world):
    return Program(world.cast.teammate, "lessons:read", "lessons:rate")


def test_every_lesson_is_told_with_a_digest_of_the_whole(world, program):
    answer = program.get("/lessons/snapshot")
    [told] = answer.json()["lessons"]
    assert (told["id"], told["shadow"], told["edition"]) == (str(world.lesson), True, 1)
    assert set(told["triggers"]) == {
        "paths", "sections", "added", "removed", "symbols", "services", "roles",
    }  # fmt: skip
    digest = hashlib.sha256(answer.content).digest()
    assert answer.headers["Content-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"


def test_nothing_is_sent_again_while_nothing_has_changed(world, program):
    first = program.get("/lessons/snapshot")
    again = program.get("/lessons/snapshot", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Lesson.objects.update(title="Another title")
    assert program.get("/lessons/snapshot", If_None_Match=first.headers["ETag"]).status_code == 200


def test_lessons_are_listed_by_title_page_by_page_and_told_one_by_one(world, program):
    priya = world.cast.actor("teammate")
    for title in ("Anchors", "Zones", "Anchors"):
        lesson_write(
            priya,
            lesson_id=uuid.uuid4(),
            incident=world.incident,
            title=title,
            know="Look twice.",
            triggers=Triggers(paths=("a/**",)),
        )
    seen, cursor = [], ""
    while cursor is not None:
        page = program.get(f"/lessons?limit=1&cursor={cursor}").json()
        seen += page["items"]
        cursor = page["next"]
    assert [one["title"] for one in seen] == ["Anchors", "Anchors", "The border pair", "Zones"]
    assert len({one["id"] for one in seen}) == 4
    assert program.get(f"/lessons/{seen[2]['id']}").json() == seen[2]
    assert seen[2]["incident"] == str(world.incident.pk)
    assert (seen[2]["standing"], seen[2]["useful"]) == ("shadow", 0)
    assert seen[2]["missing"]
    assert program.get(f"/lessons/{uuid.uuid4()}").status_code == 404
    assert program.get("/lessons?cursor=nonsense").status_code == 422


def test_a_silent_lesson_is_not_sent(world, program, cast):
    lesson_mute(cast.actor("teammate"), lesson_id=world.lesson, edition=1)
    assert program.get("/lessons/snapshot").json() == {"lessons": []}


def test_what_was_counted_is_kept_and_says_what_is_missing(world, program):
    path = f"/lessons/{world.lesson}/rate"
    told = program.put(path, {"edition": 1, "fired": 400, "looked_at": 1000}).json()
    assert [words[:35] for words in told["missing"]] == [
        "It has not been tried on the change",
        "It fires on 40% of the last 1,000 c",
    ]
    told = program.put(path, {"edition": 1, "fires_on_own": True, "fired": 9, "looked_at": 1000}).json()
    assert (told["missing"], told["fires_on_own"], told["fired"]) == ([], True, 9)


def test_what_was_counted_for_other_triggers_is_refused(world, program):
    answer = program.put(f"/lessons/{world.lesson}/rate", {"edition": 7, "fired": 1, "looked_at": 9})
    assert answer.status_code == 409
    assert Lesson.objects.get().looked_at is None
