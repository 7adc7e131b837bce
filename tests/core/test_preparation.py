"""The preparation says what is known, leaves open what is not, and knows no person."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from fairlead.core.impact import ImpactError
from fairlead.core.impact_inputs import Range
from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.playbook.reader import load_default
from fairlead.core.preparation import Facts, Preparation, impact_of, prepare

PLAYBOOK = load_default()
NOTHING_KNOWN = Facts(
    title="The shop was down", customer_saw="", zone="Europe/Berlin", talk_on=date(2026, 11, 19)
)
KNOWN = dataclasses.replace(
    NOTHING_KNOWN,
    customer_saw="nobody could pay",
    started=datetime(2026, 11, 19, 13, 27, tzinfo=UTC),
    resolved=datetime(2026, 11, 19, 14, 32, tzinfo=UTC),
    cost=Cost("USD", None, 16_500_000),
    support=Step.HEAVY,
    mechanism="untried_in_production",
    team_size=12,
)


def test_the_statement_is_filled_with_what_is_known():
    prepared = prepare(KNOWN, PLAYBOOK)
    said = " ".join(prepared.statement)
    assert "nobody could pay" in said
    assert "1 h 5 min" in said
    assert "about USD 180,000" in said
    assert "as little as USD 130,000" in said
    assert "Support was flooded." in said
    assert prepared.when == "Thursday 19 November 2026, 14:27 to 15:32 (Europe/Berlin)"
    assert {one.key for one in prepared.assumptions} >= {"profile", "share", "recovered"}


def test_both_endings_stand_ready():
    prepared = prepare(KNOWN, PLAYBOOK)
    assert "not going to pile on" in prepared.clearly_know[0].text
    assert prepared.not_yet_grasped[0].text.endswith("?")


def test_what_is_not_known_is_said_to_be_open_and_never_filled_in():
    prepared = prepare(NOTHING_KNOWN, PLAYBOOK)
    said = " ".join(prepared.statement)
    assert "customers saw" not in said
    assert "lasted" not in said
    assert "{" not in said
    assert prepared.when == ""
    assert len(prepared.still_open) == 4
    assert prepared.assumptions == ()


def test_a_cost_that_was_said_needs_no_times():
    facts = dataclasses.replace(NOTHING_KNOWN, cost=Cost("EUR", (100_000, 200_000, 300_000), None))
    assert impact_of(facts) is None
    said = " ".join(prepare(facts, PLAYBOOK).statement)
    assert "about EUR 2,000" in said


def test_a_cost_said_as_one_figure_has_no_range_around_it():
    facts = dataclasses.replace(KNOWN, cost=Cost("USD", (18_000_000,) * 3, None))
    prepared = prepare(facts, PLAYBOOK)
    assert "about USD 180,000" in " ".join(prepared.statement)
    assert "as little as" not in " ".join(prepared.statement)
    assert [one.key for one in prepared.assumptions] == ["total"]


def test_a_rate_without_an_end_is_kept_for_later():
    facts = dataclasses.replace(KNOWN, resolved=None)
    prepared = prepare(facts, PLAYBOOK)
    assert prepared.when == "Thursday 19 November 2026, 14:27 (Europe/Berlin)"
    assert "cost us" not in " ".join(prepared.statement)
    assert any("USD 165,000" in line for line in prepared.still_open)


def test_a_share_makes_the_cost_smaller():
    half = dataclasses.replace(KNOWN, share=Range.exactly("0.5"))
    impact = impact_of(half)
    assert impact is not None
    assert impact.total.likely == 8_937_500


def test_an_outage_over_midnight_names_both_days():
    facts = dataclasses.replace(KNOWN, resolved=datetime(2026, 11, 20, 0, 10, tzinfo=UTC))
    assert prepare(facts, PLAYBOOK).when.endswith("14:27 to Friday 20 November, 01:10 (Europe/Berlin)")


def test_six_movements_five_traps_and_the_next_talk_are_there():
    prepared = prepare(KNOWN, PLAYBOOK)
    assert [movement.number for movement in prepared.movements] == [1, 2, 3, 4, 5, 6]
    assert len(prepared.traps) == 5
    assert prepared.first_lines == prepared.movements[0].opening
    assert any("nobody could pay" in line.text for line in prepared.movements[2].opening)
    assert prepared.check_ins[0].day == date(2026, 11, 23)
    assert any("Monday 23 November" in line for line in prepared.bring)


def test_the_team_draft_tells_how_it_came_about_and_promises_a_day():
    draft = prepare(KNOWN, PLAYBOOK).team_draft
    assert "did not match the conditions of production" in draft
    assert "by Thursday 26 November" in draft
    assert "on their way:" not in draft
    assert "[" not in draft


def test_the_team_draft_names_the_year_of_an_incident_of_another_year_and_leaves_gaps_open():
    later = dataclasses.replace(KNOWN, talk_on=date(2027, 1, 4))
    assert "on Thursday 19 November 2026" in prepare(later, PLAYBOOK).team_draft
    assert "[what customers saw]" in prepare(NOTHING_KNOWN, PLAYBOOK).team_draft


def test_a_small_team_is_warned_that_details_give_away_a_name():
    small = prepare(dataclasses.replace(KNOWN, team_size=4), PLAYBOOK)
    large = prepare(KNOWN, PLAYBOOK)
    assert any("team of 4" in line for line in small.still_open)
    assert large.still_open == ()


def test_a_playbook_without_follow_up_suggests_no_day():
    prepared = prepare(KNOWN, dataclasses.replace(PLAYBOOK, cadence=()))
    assert prepared.check_ins == ()
    assert not any("I suggest" in line for line in prepared.bring)


def test_an_unknown_mechanism_and_an_end_before_the_start_are_refused():
    with pytest.raises(KeyError):
        prepare(dataclasses.replace(KNOWN, mechanism="bad luck"), PLAYBOOK)
    with pytest.raises(ImpactError):
        prepare(dataclasses.replace(KNOWN, resolved=datetime(2026, 11, 19, 13, 0, tzinfo=UTC)), PLAYBOOK)


def test_there_is_no_field_for_a_person():
    names = {field.name for kind in (Facts, Preparation) for field in dataclasses.fields(kind)}
    assert not names & {"engineer", "person", "name", "manager", "email", "who"}
