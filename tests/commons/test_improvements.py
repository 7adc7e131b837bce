"""The life of an improvement: planned, changed, called done with evidence, dropped with a reason, opened again."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.factors.services import factor_name, question_answer
from fairlead.commons.improvements.again import again_lately, again_of
from fairlead.commons.improvements.board import (
    BoardFilters,
    board_mix,
    board_page,
    board_proofs,
    board_table,
    late_count,
)
from fairlead.commons.improvements.models import Following, Improvement, ImprovementStep
from fairlead.commons.improvements.selectors import follows
from fairlead.commons.improvements.services import (
    improvement_done,
    improvement_drop,
    improvement_follow,
    improvement_plan,
    improvement_reopen,
)
from fairlead.commons.incidents.services import incident_record
from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _a_friday():
    with clock.fixed(NOON):
        yield


def incident_of(cast, title="The shop was down", **values):
    return incident_record(
        cast.actor("teammate"), incident_id=uuid.uuid4(), values={"title": title, "zone": "UTC", **values}
    )


def factor_of(cast, incident, question="A1", leaf="lab_differs", **values):
    return factor_name(
        cast.actor("teammate"),
        factor_id=uuid.uuid4(),
        incident=incident,
        question=question,
        leaf=leaf,
        **values,
    )


def planned(cast, incident=None, factor=None, **values):
    incident = incident or incident_of(cast)
    return improvement_plan(
        cast.actor("teammate"),
        **{
            "improvement_id": uuid.uuid4(),
            "incident": incident,
            "words": "The lab gets the second route",
            "strength": "stronger",
            "owner": "Network team",
            "due_on": date(2027, 1, 8),
            "factors": [factor or factor_of(cast, incident)],
            **values,
        },
    )


def test_done_needs_evidence_and_keeps_it(cast):
    one, actor = planned(cast), cast.actor("teammate")
    for nothing in ("", "  \n"):
        with pytest.raises(Refused, match="what shows it"):
            improvement_done(actor, improvement_id=one.pk, edition=1, closing_words=nothing)
    improvement_done(actor, improvement_id=one.pk, edition=1, closing_words="It refused the old change.")
    one.refresh_from_db()
    assert (one.state, one.closing_words, one.closed_on, one.edition) == (
        "done",
        "It refused the old change.",
        TODAY,
        2,
    )


def test_dropping_needs_a_reason(cast):
    one, actor = planned(cast), cast.actor("teammate")
    with pytest.raises(Refused, match="Say why"):
        improvement_drop(actor, improvement_id=one.pk, edition=1, closing_words=" ")
    improvement_drop(actor, improvement_id=one.pk, edition=1, closing_words="The line is gone.")
    assert Improvement.objects.get().state == "dropped"


def test_opening_again_keeps_what_was_said_in_the_history(cast):
    one, actor = planned(cast), cast.actor("teammate")
    with pytest.raises(Refused, match="open already"):
        improvement_reopen(actor, improvement_id=one.pk, edition=1, words="It does not hold.")
    improvement_done(actor, improvement_id=one.pk, edition=1, closing_words="It refused it.")
    with pytest.raises(Refused, match="what was seen"):
        improvement_reopen(actor, improvement_id=one.pk, edition=2, words="")
    improvement_reopen(actor, improvement_id=one.pk, edition=2, words="It let one pass.")
    one.refresh_from_db()
    assert (one.state, one.closing_words, one.closed_on) == ("open", "", None)
    assert list(ImprovementStep.objects.values_list("what", "words", "on")) == [
        ("reopened", "It let one pass.", TODAY),
        ("done", "It refused it.", TODAY),
        ("planned", "", TODAY),
    ]


def test_a_change_keeps_what_stood_before(cast):
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    one = planned(cast, incident, factor)
    planned(
        cast,
        incident,
        factor,
        improvement_id=one.pk,
        edition=1,
        owner="Shop platform",
        due_on=date(2027, 2, 1),
    )
    step = ImprovementStep.objects.first()
    assert step.what == "changed"
    assert step.words == "Owner: Network team\nDay: 2027-01-08"


@pytest.mark.parametrize("service", [improvement_done, improvement_drop, improvement_reopen])
def test_of_two_who_write_at_once_the_second_is_told(cast, service):
    one, actor = planned(cast), cast.actor("teammate")
    improvement_done(actor, improvement_id=one.pk, edition=1, closing_words="It refused it.")
    words = {"words" if service is improvement_reopen else "closing_words": "Something else."}
    with pytest.raises(Refused, match="Somebody else changed this improvement"):
        service(actor, improvement_id=one.pk, edition=1, **words)
    assert Improvement.objects.get().closing_words == "It refused it."


def test_an_edit_of_an_old_edition_changes_nothing(cast):
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    one = planned(cast, incident, factor)
    planned(cast, incident, factor, improvement_id=one.pk, edition=1, words="First")
    with pytest.raises(Refused, match="Somebody else"):
        planned(cast, incident, factor, improvement_id=one.pk, edition=1, words="Second")
    assert Improvement.objects.get().words == "First"


def test_a_form_sent_twice_makes_one_improvement_and_one_step(cast):
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    key = uuid.uuid4()
    for _ in range(2):
        planned(cast, incident, factor, improvement_id=key)
    assert Improvement.objects.count() == ImprovementStep.objects.count() == 1


def test_every_step_is_on_record_and_told(cast):
    one, actor = planned(cast), cast.actor("teammate")
    improvement_done(actor, improvement_id=one.pk, edition=1, closing_words="It refused it.")
    assert AuditEntry.objects.filter(action="improvement.done", subject=str(one.pk)).count() == 1
    [row] = OutboxRow.objects.filter(payload__what="improvement_done")
    assert row.payload == {
        "what": "improvement_done",
        "incident": str(one.incident_id),
        "improvement": str(one.pk),
    }


def test_whoever_only_reads_changes_nothing(cast):
    one = planned(cast)
    with pytest.raises(Refused, match="Only people who work in a team"):
        improvement_done(cast.actor("hr"), improvement_id=one.pk, edition=1, closing_words="Done.")
    with pytest.raises(NamesSomebody):
        improvement_done(
            cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="Jonas Lindqvist did it."
        )
    assert Improvement.objects.get().state == "open"


def test_a_wish_to_be_reminded_names_nobody_and_can_be_taken_back(cast):
    one, actor = planned(cast), cast.actor("director")
    for _ in range(2):
        improvement_follow(actor, improvement=one, wanted=True)
    assert follows(actor, one)
    assert not follows(cast.actor("hr"), one)
    [kept] = Following.objects.values()
    assert kept["mark"] == actor.mark
    assert str(cast.director.pk) not in repr(kept)
    improvement_follow(actor, improvement=one, wanted=False)
    assert not Following.objects.exists()


@pytest.fixture
def several(cast):
    """Improvements of two conditions: late, waiting, called done, dropped, and three with something behind them."""
    incident = incident_of(cast)
    lab = factor_of(cast, incident)
    rush = factor_of(cast, incident, "O1", "imposed_deadline", owner="Director")
    actor = cast.actor("teammate")
    planned(cast, incident, lab, words="Late", due_on=TODAY - timedelta(days=3))
    planned(cast, incident, rush, words="Waiting", strength="weaker", owner="Director", due_on=TODAY)
    done = planned(cast, incident, lab, words="Called", strength="intermediate")
    improvement_done(actor, improvement_id=done.pk, edition=1, closing_words="Seen.")
    dropped = planned(cast, incident, lab, words="Dropped", strength="weaker")
    improvement_drop(actor, improvement_id=dropped.pk, edition=1, closing_words="Gone.")
    review = factor_of(cast, incident, "A2", "rubber_stamp")
    for words, by, days in (("Proved", "proof", 3), ("Waived", "waiver", 3), ("Ran out", "proof", -1)):
        one = planned(cast, incident, review, words=words, owner="Shop platform")
        Improvement.objects.filter(pk=one.pk).update(
            done_by=by, done_until=TODAY + timedelta(days=days), waits=days < 0
        )
    return incident


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, ["Late", "Waiting", "Called", "Ran out"]),
        ({"state": "late"}, ["Late"]),
        ({"state": "called"}, ["Called"]),
        ({"state": "done"}, ["Proved", "Waived"]),
        ({"state": "failing"}, ["Ran out"]),
        ({"state": "dropped"}, ["Dropped"]),
        ({"state": "all"}, ["Late", "Waiting", "Called", "Dropped", "Proved", "Waived", "Ran out"]),
        ({"question": "O1"}, ["Waiting"]),
        ({"question": "A1", "state": "all", "strength": "weaker"}, ["Dropped"]),
        ({"owner": "direct"}, ["Waiting"]),
        ({"question": "A5"}, []),
    ],
)
def test_the_board_shows_what_is_asked_for(cast, several, filters, shown):
    page = board_page(cast.actor("hr"), BoardFilters(**filters), page=1, today=TODAY)
    assert sorted(row.improvement.words for row in page.rows) == sorted(shown)
    assert [row.improvement.due_on for row in page.rows] == sorted(
        row.improvement.due_on for row in page.rows
    )


def test_the_table_counts_what_is_not_done_by_condition_and_strength(cast, several):
    lines = {
        line.key: [(c.count, c.late) for c in line.cells]
        for line in board_table(cast.actor("hr"), today=TODAY)
    }
    assert lines["A1"] == [(1, 1), (1, 0), (0, 0)]
    assert lines["A2"] == [(1, 0), (0, 0), (0, 0)]
    assert lines["O1"] == [(0, 0), (0, 0), (1, 0)]
    assert lines["A5"] == [(0, 0)] * 3
    assert late_count(cast.actor("hr"), today=TODAY) == 1


def test_the_mix_leaves_out_what_was_dropped(cast, several):
    assert [share.count for share in board_mix(cast.actor("hr"))] == [4, 1, 1]


def test_by_what_they_are_done_is_counted(cast, several):
    shown = board_proofs(cast.actor("hr"), today=TODAY)
    assert (shown.proved, shown.waived, shown.waived_percent) == (1, 1, 50)
    assert (shown.called, shown.failing) == (1, 1)


def test_without_any_there_is_no_share(cast):
    assert board_proofs(cast.actor("hr"), today=TODAY).waived_percent == 0


def test_everybody_sees_the_board_with_what_is_overdue_and_its_filters(cast, several):
    page = cast.client("director").get("/improvements/?state=late&strength=stronger&question=nonsense")
    text = page.content.decode()
    assert page.status_code == 200
    assert "late by 3 days" in text
    assert "?state=late" in text
    assert "Where it stands: Overdue" in text
    assert "Waiting" not in text
    assert 'href="?state=late&amp;question=nonsense"' in text.replace("strength=stronger&amp;", "")


def test_the_board_asks_the_same_number_of_questions_however_long_it_is(cast, several):
    client, asked = cast.client("teammate"), []
    client.get("/improvements/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/improvements/?state=all").status_code == 200
        asked.append(len(queries))
        for n in range(15):
            planned(cast, words=f"One more {n}")
    assert asked[0] == asked[1] <= 14


def test_conditions_at_work_are_counted_over_the_last_incidents(cast):
    for n in range(10):
        incident = incident_of(cast, f"Outage {n}", started_at=NOON - timedelta(days=n))
        if n % 2:
            factor_of(cast, incident, "O1", "imposed_deadline", owner="Director")
            factor_of(cast, incident, "O1", "fatigue", owner="Director")
        else:
            question_answer(
                cast.actor("teammate"), incident=incident, question="O1", answer="no", reason="No rush."
            )
    incident_of(cast, "Nobody asked about this one", started_at=NOON)
    text = cast.client("director").get("/conditions/").content.decode()
    assert "<strong>Pressure to rush</strong> was at work in 4 of the last 8" in text
    text = cast.client("director").get("/conditions/?last=20").content.decode()
    assert "was at work in 5 of the last 10" in text


def at(days):
    return NOON - timedelta(days=days)


def test_the_same_mechanism_again_is_said_on_both_incidents_and_on_the_board(cast):
    first = incident_of(cast, "First loop", mechanism="wrong_target", started_at=at(100))
    planned(cast, first, due_on=TODAY - timedelta(days=50))
    second = incident_of(cast, "Second loop", mechanism="wrong_target", started_at=at(2))
    incident_of(cast, "Another way", mechanism="step_skipped", started_at=at(1))
    actor = cast.actor("hr")
    for one in (first, second):
        [row] = again_of(actor, one, one.improvements.all())
        assert (row.earlier, row.later, row.again.failed) == (first, second, True)
    [row] = again_lately(actor)
    assert row.later == second
    client = cast.client("director")
    for address in (f"/incidents/{first.pk}/", f"/incidents/{second.pk}/", "/improvements/"):
        text = client.get(address).content.decode()
        assert "The same mechanism again" in text
        assert "One improvement was not done yet when it happened again, 1 of them late." in text


def test_a_mend_that_was_made_in_time_is_no_failure_of_the_board(cast):
    first = incident_of(cast, mechanism="wrong_target", started_at=at(100))
    one = planned(cast, first)
    with clock.fixed(at(50)):
        one = improvement_done(
            cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="It refused it."
        )
    second = incident_of(cast, mechanism="wrong_target", started_at=at(2))
    assert again_of(cast.actor("hr"), second, []) == []
    assert again_of(cast.actor("hr"), first, [one]) == []
    assert again_lately(cast.actor("hr")) == []


def test_of_two_on_one_day_it_is_said_on_both(cast):
    one = incident_of(cast, "One loop", mechanism="wrong_target", started_at=at(2))
    other = incident_of(cast, "Other loop", mechanism="wrong_target", started_at=at(2) + timedelta(hours=1))
    for incident in (one, other):
        planned(cast, incident, factor_of(cast, incident))
    actor = cast.actor("hr")
    for incident in (one, other):
        [row] = again_of(actor, incident, incident.improvements.all())
        assert {row.earlier, row.later} == {one, other}


def test_the_nearest_before_it_lead_and_each_is_said_once(cast):
    now = incident_of(cast, "Now", mechanism="wrong_target", started_at=at(2))
    for days in (90, 30, 60, 45):
        earlier = incident_of(cast, f"{days} days ago", mechanism="wrong_target", started_at=at(days))
        factor = factor_of(cast, earlier)
        for _ in range(2):
            planned(cast, earlier, factor)
    rows = again_of(cast.actor("hr"), now, [])
    assert [row.earlier.title for row in rows] == ["30 days ago", "45 days ago", "60 days ago"]
    assert {row.again.waiting for row in rows} == {2}


def test_more_than_a_year_apart_is_not_again(cast):
    first = incident_of(cast, mechanism="wrong_target", started_at=at(380))
    planned(cast, first)
    second = incident_of(cast, mechanism="wrong_target", started_at=at(2))
    assert again_of(cast.actor("hr"), second, []) == []
    assert again_of(cast.actor("hr"), first, first.improvements.all()) == []
    assert again_lately(cast.actor("hr")) == []
