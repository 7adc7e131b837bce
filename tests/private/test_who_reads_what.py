"""The table that people are shown is what happens: each event, each thing, each person, read through every page."""

import pytest

from fairlead.core.handover import BEFORE, MAY_GO_OVER, Event, Person, Thing, reads_after
from fairlead.people.services import account_remove, team_join, team_leave
from tests.private.leaving import Full, a_full_talk, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast) -> Full:
    return a_full_talk(cast)


def happens(full: Full, event: Event, given: tuple[Thing, ...] = ()) -> None:
    cast, people = full.cast, full.people
    if event is Event.HANDED_OVER:
        full.hand_over(given)
    elif event is Event.MANAGER_LEFT:
        account_remove(cast.manager)
    elif event is Event.ENGINEER_MOVED:
        team_join(team="Shop", account=cast.engineer)
        team_leave(team="Network", account=cast.engineer)
    elif event is Event.ENGINEER_LEFT:
        account_remove(cast.engineer)
    elif event is Event.RATER_LEFT:
        account_remove(people[Person.RATER])
    else:
        account_remove(people[Person.HR])
    settle()


def differences(full: Full, wanted: dict[Thing, frozenset[Person]]) -> list[str]:
    real = full.readers()
    return [
        f"{thing}: {sorted(real[thing])}, not {sorted(wanted[thing])}"
        for thing in Thing
        if real[thing] != wanted[thing]
    ]


def test_before_anybody_goes(full):
    assert differences(full, dict(BEFORE)) == []


@pytest.mark.parametrize("event", Event)
def test_after_each_event_everybody_reads_what_the_table_says_and_nothing_else(full, event):
    happens(full, event)
    assert differences(full, {thing: reads_after(event, thing) for thing in Thing}) == []


@pytest.mark.parametrize("given", [*((thing,) for thing in MAY_GO_OVER), MAY_GO_OVER])
def test_what_both_agreed_to_goes_over_and_nothing_else_does(full, given):
    happens(full, Event.HANDED_OVER, given)
    assert differences(full, {thing: reads_after(Event.HANDED_OVER, thing, given) for thing in Thing}) == []


def test_where_a_place_ends_reading_ends_before_anything_in_the_background_has_run(full):
    account_remove(full.cast.manager)
    team_leave(team="Network", account=full.people[Person.NEXT])
    assert full.reads(Person.MANAGER) == full.reads(Person.NEXT) == set()


def test_a_manager_who_manages_another_team_now_reads_nothing_either(full):
    team_join(team="Shop", account=full.cast.manager, manages=True)
    team_leave(team="Network", account=full.cast.manager)
    assert full.reads(Person.MANAGER) == {Thing.PREPARATION}
    settle()
    assert differences(full, {thing: reads_after(Event.MANAGER_LEFT, thing) for thing in Thing}) == []
