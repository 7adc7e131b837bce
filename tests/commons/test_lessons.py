"""Lessons in the commons: tried in silence, shown once proved, silent again when they mostly disturb."""

import uuid

import pytest

from fairlead.commons.lessons.models import Lesson
from fairlead.commons.lessons.selectors import lesson_get, lessons_to_sync
from fairlead.commons.lessons.services import (
    lesson_answer,
    lesson_mute,
    lesson_rate,
    lesson_show,
    lesson_try,
    lesson_write,
)
from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Triggers
from fairlead.core.refusal import Refused
from fairlead.foundation.audit.models import AuditEntry
from tests.core.lessons.changes import GIT, PYTHON
from tests.rules.world import without_a_case

pytestmark = pytest.mark.django_db
TRIGGERS = Triggers(paths=("network/**",), sections=("router bgp",))
OWN, OTHER = read_diff(GIT.splitlines()), read_diff(PYTHON.splitlines())


@pytest.fixture
def world(cast):
    return without_a_case(cast)


@pytest.fixture
def priya(cast):
    return cast.actor("teammate")


def write(actor, world, **changes):
    values = {
        "lesson_id": uuid.uuid4(),
        "title": "Two routes",
        "know": "Production has two.",
        "triggers": TRIGGERS,
    }
    return lesson_write(actor, incident=world.incident, **{**values, **changes})


def proved(actor, world, **changes):
    lesson = write(actor, world, **changes)
    lesson_try(actor, lesson_id=lesson.pk, change=OWN)
    lesson_rate(actor, lesson_id=lesson.pk, edition=1, fired=12, looked_at=1000)
    return lesson


def standing(lesson):
    return Lesson.objects.get(pk=lesson.pk).standing


def test_a_new_lesson_is_tried_in_silence(priya, world):
    lesson = write(priya, world)
    assert standing(lesson) == "shadow"
    assert lesson.value().shadow


def test_a_form_sent_twice_makes_one_lesson(priya, world):
    lesson_id = uuid.uuid4()
    assert write(priya, world, lesson_id=lesson_id) == write(priya, world, lesson_id=lesson_id)


@pytest.mark.parametrize(
    ("left_out", "named"),
    [("try", "own_change"), ("rate", "rate"), ("own", "own_change"), ("noise", "rate")],
)
def test_it_is_shown_only_when_its_triggers_are_proved(priya, world, left_out, named):
    lesson = write(priya, world)
    if left_out != "try":
        lesson_try(priya, lesson_id=lesson.pk, change=OTHER if left_out == "own" else OWN)
    if left_out != "rate":
        fired = 400 if left_out == "noise" else 12
        lesson_rate(priya, lesson_id=lesson.pk, edition=1, fired=fired, looked_at=1000)
    with pytest.raises(Refused) as refused:
        lesson_show(priya, lesson_id=lesson.pk, edition=1)
    assert [one.code for one in refused.value.missing] == [named]
    assert standing(lesson) == "shadow"


def test_a_proved_lesson_is_shown(priya, world):
    lesson = proved(priya, world)
    assert lesson_show(priya, lesson_id=lesson.pk, edition=1).standing == "shown"
    assert lesson in lessons_to_sync(priya)


def test_new_triggers_have_to_be_proved_again_and_other_words_do_not(priya, world):
    lesson = proved(priya, world)
    lesson_show(priya, lesson_id=lesson.pk, edition=1)
    write(priya, world, lesson_id=lesson.pk, edition=2, know="Both point at the old pair.")
    assert standing(lesson) == "shown"
    write(priya, world, lesson_id=lesson.pk, edition=3, triggers=Triggers(paths=("shop/**",)))
    again = Lesson.objects.get(pk=lesson.pk)
    assert (again.standing, again.fires_on_own, again.looked_at) == ("shadow", None, None)


def test_two_who_change_it_at_once_notice_each_other(priya, world):
    lesson = write(priya, world)
    write(priya, world, lesson_id=lesson.pk, edition=1, title="Three routes")
    with pytest.raises(Refused, match="Somebody else"):
        write(priya, world, lesson_id=lesson.pk, edition=1, title="Four routes")
    assert Lesson.objects.get(pk=lesson.pk).title == "Three routes"


def test_a_rate_for_triggers_that_were_changed_meanwhile_is_refused(priya, world):
    lesson = write(priya, world)
    write(priya, world, lesson_id=lesson.pk, edition=1, triggers=Triggers(paths=("shop/**",)))
    with pytest.raises(Refused, match="Somebody else"):
        lesson_rate(priya, lesson_id=lesson.pk, edition=1, fired=1, looked_at=10)


@pytest.mark.parametrize(("fired", "looked_at"), [(2, 1), (0, 0)])
def test_a_rate_that_cannot_be_is_refused(priya, world, fired, looked_at):
    with pytest.raises(Refused):
        lesson_rate(priya, lesson_id=write(priya, world).pk, edition=1, fired=fired, looked_at=looked_at)


def test_of_the_change_it_was_tried_on_nothing_is_kept(priya, world):
    lesson = write(priya, world)
    lesson_try(priya, lesson_id=lesson.pk, change=OWN)
    kept = str(Lesson.objects.filter(pk=lesson.pk).values().get()) + str(list(AuditEntry.objects.values()))
    assert "redistribute" not in kept


def test_what_cannot_be_matched_is_refused_with_its_place(priya, world):
    with pytest.raises(Refused) as refused:
        write(priya, world, triggers=Triggers(added=("(unclosed",)))
    assert refused.value.field == "added"


def test_a_lesson_that_mostly_disturbs_falls_silent_by_itself(cast, priya, world):
    lesson = proved(priya, world)
    lesson_show(priya, lesson_id=lesson.pk, edition=1)
    for name in ("manager", "engineer"):
        lesson_answer(cast.actor(name), lesson_id=lesson.pk, useful=False)
        lesson_answer(cast.actor(name), lesson_id=lesson.pk, useful=False)  # twice is once
    assert standing(lesson) == "shown"
    lesson_answer(cast.actor("director"), lesson_id=lesson.pk, useful=False)
    assert standing(lesson) == "muted"
    assert lesson not in lessons_to_sync(priya)


def test_answers_are_counted_and_the_last_one_counts(cast, priya, world):
    lesson = write(priya, world)
    lesson_answer(cast.actor("engineer"), lesson_id=lesson.pk, useful=False)
    lesson_answer(cast.actor("engineer"), lesson_id=lesson.pk, useful=True)
    shown = lesson_get(priya, lesson.pk)
    assert (shown.useful, shown.not_useful) == (1, 0)


def test_it_falls_silent_by_hand_too(priya, world):
    lesson = write(priya, world)
    assert lesson_mute(priya, lesson_id=lesson.pk, edition=1).standing == "muted"


def test_who_works_in_no_team_reads_and_does_not_write(cast, world, priya):
    lesson = write(priya, world)
    director = cast.actor("director")
    for act in (
        lambda: write(director, world),
        lambda: lesson_try(director, lesson_id=lesson.pk, change=OWN),
        lambda: lesson_rate(director, lesson_id=lesson.pk, edition=1, fired=0, looked_at=9),
        lambda: lesson_show(director, lesson_id=lesson.pk, edition=1),
        lambda: lesson_mute(director, lesson_id=lesson.pk, edition=1),
    ):
        with pytest.raises(Refused, match="Only people who work in a team"):
            act()
    assert lesson_get(director, lesson.pk) is not None


def test_the_page_shows_why_it_fires_on_a_pasted_change(cast, world):
    client = cast.client("teammate")
    page = client.post(f"/lessons/{world.lesson}/try/", {"change": GIT}).content.decode()
    assert "It fires on this change" in page
    assert "network/border/edge-1.cfg:13" in page
    page = client.post(f"/lessons/{world.lesson}/try/", {"change": PYTHON}).content.decode()
    assert "It does not fire on this change" in page


def test_the_page_keeps_how_often_it_would_fire_and_says_what_cannot_be(cast, world):
    client = cast.client("teammate")
    address = f"/lessons/{world.lesson}/rate/"
    refused = client.post(address, {"edition": 1, "fired": 12, "looked_at": 9})
    assert refused.status_code == 422
    assert "It fired on more changes than were looked at" in refused.content.decode()
    assert client.post(address, {"edition": 1, "fired": 12, "looked_at": 1000}).status_code == 302
    page = client.get(f"/lessons/{world.lesson}/").content.decode()
    assert "It would have fired on 12 of 1000 ordinary changes" in page


def test_a_rate_counted_for_earlier_triggers_is_refused_on_the_page(cast, world):
    answer = cast.client("teammate").post(
        f"/lessons/{world.lesson}/rate/", {"edition": 4, "fired": 1, "looked_at": 1000}
    )
    assert answer.status_code == 422
    assert Lesson.objects.get(pk=world.lesson).looked_at is None
