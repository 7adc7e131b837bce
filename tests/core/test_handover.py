"""Who reads what when somebody goes: the table itself holds what was promised to both."""

from pathlib import Path

import pytest

from fairlead.core.handover import (
    AFTER,
    BECOMES,
    BEFORE,
    ENGINEERS_OWN,
    EVENT_WORDS,
    MAY_GO_OVER,
    THING_WORDS,
    Event,
    Person,
    Thing,
    agreed_to,
    by_readers,
    reads_after,
    table,
)

WHOEVER_GOES = {
    Event.HANDED_OVER: Person.MANAGER,
    Event.MANAGER_LEFT: Person.MANAGER,
    Event.ENGINEER_MOVED: Person.MANAGER,
    Event.ENGINEER_LEFT: Person.ENGINEER,
    Event.RATER_LEFT: Person.RATER,
    Event.HR_LEFT: Person.HR,
}


def test_the_table_says_something_about_every_thing_after_every_event():
    assert set(AFTER) == set(Event) == set(EVENT_WORDS) == set(BECOMES)
    assert set(BEFORE) == set(Thing) == set(THING_WORDS)
    assert all(set(rows) == set(Thing) for rows in AFTER.values())


@pytest.mark.parametrize(("event", "gone"), WHOEVER_GOES.items())
def test_whoever_goes_reads_nothing_any_more_whatever_was_given(event, gone):
    for thing in Thing:
        assert gone not in reads_after(event, thing, MAY_GO_OVER), thing


@pytest.mark.parametrize("event", [Event.HANDED_OVER, Event.MANAGER_LEFT, Event.ENGINEER_MOVED])
def test_the_engineer_loses_nothing_when_the_manager_changes(event):
    lost = [t for t in Thing if Person.ENGINEER in BEFORE[t] and Person.ENGINEER not in reads_after(event, t)]
    assert lost == []


def test_the_next_manager_gets_what_keeps_promises_and_no_word_that_was_said_before():
    got = {thing for thing in Thing if Person.NEXT in reads_after(Event.HANDED_OVER, thing)}
    assert got == {Thing.PROMISES, Thing.DAYS, Thing.TRAIL, Thing.REMINDERS, Thing.MIRROR, Thing.PACKET}


@pytest.mark.parametrize("given", MAY_GO_OVER)
def test_a_piece_goes_over_where_both_agree_and_takes_no_other_along(given):
    more = {
        thing
        for thing in Thing
        if reads_after(Event.HANDED_OVER, thing, (given,)) != reads_after(Event.HANDED_OVER, thing)
    }
    assert more == {given}


@pytest.mark.parametrize("never", sorted(set(Thing) - set(MAY_GO_OVER)))
def test_what_never_goes_over_cannot_be_given(never):
    with pytest.raises(ValueError, match=never.value):
        reads_after(Event.HANDED_OVER, never, (never,))
    with pytest.raises(ValueError, match=never.value):
        table(Event.HANDED_OVER, (Thing.ACCOUNT, never))


def test_how_somebody_is_goes_over_to_nobody():
    assert Thing.WELLBEING not in MAY_GO_OVER
    assert all(Person.NEXT not in AFTER[event][Thing.WELLBEING] for event in Event)


def test_nobody_but_hr_reads_anything_of_somebody_who_has_left():
    readers = {thing: reads_after(Event.ENGINEER_LEFT, thing) for thing in Thing}
    assert readers.pop(Thing.PACKET) == {Person.HR}
    assert readers.pop(Thing.PREPARATION) == {Person.MANAGER}  # their own, and about nobody
    assert set().union(*readers.values()) == set()


def test_what_goes_over_is_what_one_offered_and_the_other_allowed():
    offered = (Thing.SEEN, Thing.ACCOUNT, Thing.NOTES)
    assert agreed_to(offered, (Thing.NOTES, Thing.SEEN, Thing.TYPE)) == (Thing.NOTES, Thing.SEEN)
    assert agreed_to(offered, ()) == ()
    assert agreed_to((Thing.WELLBEING,), (Thing.WELLBEING,)) == ()


def test_the_engineer_alone_gives_only_what_they_wrote_alone():
    assert ENGINEERS_OWN == (Thing.ACCOUNT,)


def test_the_table_that_is_shown_has_a_row_for_each_thing_with_the_words_people_read():
    rows = table(Event.HANDED_OVER, (Thing.ACCOUNT,))
    assert [row.thing for row in rows] == list(Thing)
    account = rows[list(Thing).index(Thing.ACCOUNT)]
    assert account.before == (Person.MANAGER, Person.ENGINEER)
    assert account.after == (Person.ENGINEER, Person.NEXT)
    assert all(row.words for row in rows)


def test_the_table_is_shown_by_who_reads_what_and_nothing_is_left_out():
    for event in Event:
        groups = by_readers(event, MAY_GO_OVER[:1] if event is Event.HANDED_OVER else ())
        assert len({group.after for group in groups}) == len(groups)
        assert sorted(row.thing for group in groups for row in group.rows) == sorted(Thing)
        assert all(row.after == group.after for group in groups for row in group.rows)


def as_written(event: Event) -> str:
    """Return the table of an event as the handbook has it."""
    who = {"next": "the next manager", "rater": "a second person, for a short time", "hr": "HR"}

    def people(persons: tuple[Person, ...]) -> str:
        return ", ".join(who.get(one, f"the {one}") for one in persons) or "nobody"

    rows = [
        f"| {row.words} | {people(row.before)} | {people(row.after)} | {row.becomes} |"
        for row in table(event)
    ]
    return "\n".join(
        [
            f"## {EVENT_WORDS[event]}",
            "",
            "| | now | afterwards | what becomes of it |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def test_the_handbook_has_the_same_tables():
    page = (Path(__file__).parents[2] / "docs" / "handing-over.md").read_text("utf-8")
    for event in Event:
        assert as_written(event) in page, event
