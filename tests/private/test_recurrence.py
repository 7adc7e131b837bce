"""It happens again: what counts is what was delivered, and a miss is the organisation's debt, never the person's."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.http import Http404

from fairlead.commons.debts.models import Debt
from fairlead.commons.factors.services import factor_name
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import improvement_done, improvement_plan
from fairlead.commons.incidents.services import incident_record
from fairlead.core.recurrence import FEWEST
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from fairlead.people.actors import actor_of
from fairlead.people.models import Account, Membership
from fairlead.people.services import account_add, team_join
from fairlead.private.cases.door import NotForYou, open_case
from fairlead.private.cases.models import Case, Notice
from fairlead.private.cases.services import case_open, talk_end
from fairlead.private.conversations.services import reading_confirm, text_save
from fairlead.private.promises.models import Promise
from fairlead.private.promises.services import promise_answer, promise_make, promise_mark
from fairlead.private.recurrence.models import Comparison, Owed
from fairlead.private.recurrence.selectors import earlier_cases, look_back
from fairlead.private.recurrence.services import comparison_keep
from fairlead.private.talk.erasure import case_erase_if_due
from fairlead.private.walks.services import walk_decide
from tests.cast import PASSWORD
from tests.rules.world import WALK, walk_parts

pytestmark = pytest.mark.django_db
_MOMENT = datetime.now(UTC)
# The last Wednesday: pages are drawn on the machine's clock, and nothing here may have reached its last day.
NOW = (_MOMENT - timedelta(days=(_MOMENT.weekday() - 2) % 7 or 7)).replace(hour=15, minute=0, second=0)
SIX = (
    "same_mechanism",
    "clear_talk",
    "commitments",
    "support_delivered",
    "improvements_completed",
    "unexpired",
)


class Twice:
    """Two people to whom the same happened twice, with everything promised delivered in between."""

    def __init__(self, cast, *, left_out=(), mechanism="untried_in_production") -> None:
        self.cast, self.left_out, self.mechanism = cast, left_out, mechanism
        with clock.fixed(NOW - timedelta(days=90)):
            self.earlier = self._case("Routing loop in August")
            self._lived()
        with clock.fixed(NOW - timedelta(days=60)):
            self._delivered()
        with clock.fixed(NOW):
            self.case = self._case("Routing loop in November")

    def _case(self, title):
        values = {"title": title, "zone": "UTC", "mechanism": self.mechanism, "started_at": clock.now()}
        self.incident = incident_record(self.cast.actor("teammate"), incident_id=uuid.uuid4(), values=values)
        manager = self.cast.actor("manager")
        return case_open(
            manager, case_id=uuid.uuid4(), engineer=self.cast.engineer, incident=self.incident
        ).pk

    def opened(self, who, act, case=None):
        return open_case(self.cast.actor(who), case or self.case, act)

    def _lived(self):
        then = self.earlier
        if "clear_talk" not in self.left_out:
            talk_end(self.opened("manager", Act.LEAD_TALK, then))
            notes = self.opened("manager", Act.WRITE_NOTES, then)
            text_save(
                notes, slot="facts", words="The lab lacked a route.", sitting=uuid.uuid4(), edit=1, base=0
            )
            reading_confirm(self.opened("engineer", Act.READ, then), what="record")
        self.promises = {}
        for side, words in (("engineer", "Diff first"), ("manager", "An afternoon with the lab")):
            if side == "engineer" and "commitments" in self.left_out:
                continue
            made = promise_make(
                self.opened("manager", Act.PROMISE, then),
                promise_id=uuid.uuid4(),
                owed_by=side,
                words=words,
                cadence="always",
            )
            self.promises[side] = promise_answer(
                self.opened("engineer", Act.PROMISE, then), promise=made, action="accept"
            )
        priya = self.cast.actor("teammate")
        factor = factor_name(
            priya,
            factor_id=uuid.uuid4(),
            incident=self.incident,
            question="A1",
            leaf="lab_differs",
            words="A route less",
        )
        self.improvement = improvement_plan(
            priya,
            improvement_id=uuid.uuid4(),
            incident=self.incident,
            words="The lab gets the second route",
            strength="stronger",
            owner="Network team",
            due_on=clock.now().date() + timedelta(days=30),
            factors=[factor],
        )

    def _delivered(self):
        if "support_delivered" not in self.left_out:
            self.keep_the_promise()
        if "improvements_completed" not in self.left_out:
            self.finish_the_improvement()

    def keep_the_promise(self):
        opened = self.opened("engineer", Act.PROMISE, self.earlier)
        promise_mark(opened, promise=self.promises["manager"], kept=True, shows="We sat there in September.")

    def finish_the_improvement(self):
        improvement_done(
            self.cast.actor("teammate"),
            improvement_id=self.improvement.pk,
            edition=1,
            closing_words="It refused it.",
        )

    def looked(self, who="manager"):
        with clock.fixed(NOW):
            return look_back(self.opened(who, Act.READ))

    def keep(self, words="The lab step was left out both times."):
        with clock.fixed(NOW):
            return comparison_keep(self.opened("manager", Act.COMPARE), earlier=self.earlier, words=words)

    def decide(self, decision=3, **answers):
        with clock.fixed(NOW):
            talk_end(self.opened("manager", Act.LEAD_TALK))
            notes = self.opened("manager", Act.WRITE_NOTES)
            text_save(notes, slot="facts", words="The same step.", sitting=uuid.uuid4(), edit=1, base=0)
            given, evidence = walk_parts(WALK)
            given |= {"red_line": "no", "repeat": "yes", **dict.fromkeys(SIX, "yes"), **answers}
            evidence |= dict.fromkeys(("repeat", *SIX), "It stands in the record.")
            return walk_decide(
                self.opened("manager", Act.WALK),
                walk_id=uuid.uuid4(),
                action="Rolling it out",
                answers=given,
                evidence=evidence,
                decision=decision,
                reasons="Looked at together.",
            )


def met(looked):
    return {test.name: test.answer.value for test in looked.tests}


def test_the_earlier_talk_is_found_by_its_mechanism_with_words_promises_and_what_was_delivered(cast):
    [found] = Twice(cast).looked()
    assert met(found) == dict.fromkeys(SIX, "yes")
    assert [text.words for text in found.notes] == ["The lab lacked a route."]
    assert {one.words: one.state.value for one in found.promises} == {
        "Diff first": "accepted",
        "An afternoon with the lab": "met",
    }
    assert found.delivered == ("An afternoon with the lab",)
    assert [one.state for one in found.improvements] == ["done"]


def test_both_read_the_same_page_and_both_see_that_it_was_looked_at(cast):
    twice = Twice(cast)
    assert twice.looked("engineer") == twice.looked("manager")
    looks = AuditEntry.objects.filter(action="case.look_back", subject=str(twice.earlier), outcome="granted")
    assert looks.count() == 2


@pytest.mark.parametrize(
    "missing", ["clear_talk", "commitments", "support_delivered", "improvements_completed"]
)
def test_each_thing_that_was_left_out_is_exactly_the_one_that_is_missed(cast, missing):
    [found] = Twice(cast, left_out=(missing,)).looked()
    assert [test.name for test in found.missed] == [missing]


@pytest.mark.parametrize("mends", ["keep_the_promise", "finish_the_improvement"])
def test_what_came_only_after_it_happened_again_counts_for_the_person(cast, mends):
    twice = Twice(cast, left_out=("support_delivered", "improvements_completed"))
    with clock.fixed(NOW + timedelta(days=1)):
        getattr(twice, mends)()
        [found] = look_back(twice.opened("manager", Act.READ))
    assert [test.name for test in found.missed] == ["support_delivered", "improvements_completed"]


def test_another_mechanism_or_none_is_another_matter(cast):
    twice = Twice(cast)
    for mechanism in ("wrong_target", ""):
        type(twice.incident).objects.filter(pk=twice.incident.pk).update(mechanism=mechanism)
        assert twice.looked() == ()


def test_a_record_past_its_day_or_erased_is_not_found_and_counts_no_more(cast):
    twice = Twice(cast)
    twice.keep()
    Case.objects.filter(pk=twice.earlier).update(erase_on=NOW.date() - timedelta(days=1))
    assert twice.looked() == ()
    with clock.fixed(NOW):
        assert case_erase_if_due(twice.earlier)
    assert twice.looked() == ()
    with pytest.raises(Refused, match="Look back first"):
        twice.decide()


def test_a_sealed_record_is_found_until_it_is_erased_and_both_see_that_it_was_opened(cast):
    twice = Twice(cast)
    Case.objects.filter(pk=twice.earlier).update(state="sealed")
    with pytest.raises(NotForYou):
        twice.opened("manager", Act.READ, twice.earlier)
    for who in ("manager", "engineer"):
        [found] = twice.looked(who)
        assert [text.words for text in found.notes] == ["The lab lacked a route."]
    looks = AuditEntry.objects.filter(action="case.look_back", subject=str(twice.earlier), outcome="granted")
    assert looks.count() == 2
    Case.objects.filter(pk=twice.earlier).update(erase_on=NOW.date())
    with clock.fixed(NOW):
        assert case_erase_if_due(twice.earlier)
    assert twice.looked() == ()


def test_another_manager_finds_nothing_of_it(cast):
    """The engineer moves to another team: its manager has a talk about the same mechanism, and sees no earlier one."""
    twice = Twice(cast)
    Membership.objects.filter(account=cast.engineer, kind="member").delete()
    team_join(team="Shop", account=cast.engineer, manages=False)
    with clock.fixed(NOW):
        case = case_open(
            cast.actor("other_manager"), case_id=uuid.uuid4(), engineer=cast.engineer, incident=twice.incident
        )
        opened = open_case(cast.actor("other_manager"), case.pk, Act.READ)
        assert earlier_cases(opened) == []
        assert look_back(opened) == ()
        assert look_back(open_case(cast.actor("engineer"), case.pk, Act.READ)) == ()
        with pytest.raises(Refused, match="not there to look back at"):
            comparison_keep(
                open_case(cast.actor("other_manager"), case.pk, Act.COMPARE),
                earlier=twice.earlier,
                words="Same.",
            )


def test_another_engineer_of_the_same_manager_finds_nothing_of_it(cast):
    twice = Twice(cast)
    with clock.fixed(NOW):
        case = case_open(
            cast.actor("manager"), case_id=uuid.uuid4(), engineer=cast.teammate, incident=twice.incident
        )
        assert look_back(open_case(cast.actor("manager"), case.pk, Act.READ)) == ()
        assert look_back(open_case(cast.actor("teammate"), case.pk, Act.READ)) == ()


@pytest.mark.parametrize("who", ["teammate", "other_manager", "hr", "director", "operator"])
def test_nobody_else_opens_the_page(cast, who):
    twice = Twice(cast)
    answer = cast.client(who).get(f"/our-talk/{twice.case}/again/")
    assert answer.status_code == 404
    with pytest.raises(Http404):
        twice.opened(who, Act.LOOK_BACK, twice.earlier)


def test_the_engineer_is_told_and_the_same_comparison_twice_is_one(cast):
    twice = Twice(cast, left_out=("support_delivered",))
    assert twice.keep().pk == twice.keep().pk
    told = Notice.objects.get(case=twice.case, key="looked_back")
    assert told.mark == cast.actor("engineer").mark
    assert Owed.objects.count() == 1
    page = cast.client("engineer").get(f"/our-talk/{twice.case}/again/").content.decode()
    assert "The lab step was left out both times." in page
    assert f"/notices/{told.pk}/" in cast.client("engineer").get("/").content.decode()


def test_the_engineer_cannot_keep_a_comparison_and_words_are_needed(cast):
    twice = Twice(cast)
    with pytest.raises(NotForYou):
        comparison_keep(replace(twice.opened("engineer", Act.READ)), earlier=twice.earlier, words="Same.")
    with pytest.raises(Refused, match="Say in a sentence"):
        twice.keep(words="  ")
    assert Comparison.objects.count() == 0


def test_with_all_six_there_a_manager_may_call_it_a_repeat(cast):
    twice = Twice(cast)
    twice.keep()
    assert twice.decide().pk


def test_nobody_calls_it_a_repeat_before_looking_back(cast):
    with pytest.raises(Refused, match="Look back first"):
        Twice(cast).decide()


@pytest.mark.parametrize(
    "missing", ["clear_talk", "commitments", "support_delivered", "improvements_completed"]
)
def test_again_never_counts_against_somebody_who_was_not_given_what_was_promised(cast, missing):
    twice = Twice(cast, left_out=(missing,))
    twice.keep()
    with pytest.raises(Refused, match="counts for the person") as refused:
        twice.decide()
    assert [one.code for one in refused.value.missing] == [missing]
    assert twice.decide(decision=2, **{missing: "no"}).pk  # the walk stands without it
    with pytest.raises(Refused, match="cannot be called a repeat"):
        twice.decide(decision=3, **{missing: "no"})


def monday():
    return (NOW + timedelta(days=5)).replace(hour=3, microsecond=0)


def owe(cast, how_many):
    """Let as many people have a talk after which something promised is missing."""
    for number in range(how_many):
        account = account_add(
            email=f"e{number}@harbour.example", name=f"Ewa{number} Nowak", password=PASSWORD
        )
        team_join(team="Network", account=account, manages=False)
        Twice(replace(cast, engineer=account), left_out=("support_delivered", "clear_talk")).keep()


def work_on(moment):
    with clock.fixed(moment):
        while work_once(200):
            pass


def test_a_miss_goes_to_the_commons_only_with_those_of_four_other_cases(cast):
    owe(cast, FEWEST - 1)
    work_on(monday())
    assert Debt.objects.count() == 0
    assert Owed.objects.count() == 2 * (FEWEST - 1)
    Twice(cast, left_out=("support_delivered",)).keep()
    work_on(monday())
    assert Debt.objects.count() == 0  # not before the next Monday
    work_on(monday() + timedelta(days=7))
    assert {(debt.factor, debt.times) for debt in Debt.objects.all()} == {("O3", 5), ("O4", 4)}
    assert Owed.objects.count() == 0
    work_on(monday() + timedelta(days=14))
    assert Debt.objects.count() == 2


def test_many_misses_of_one_case_do_not_make_a_batch(cast):
    twice = Twice(cast, left_out=("clear_talk", "commitments", "support_delivered", "improvements_completed"))
    twice.keep()
    assert Owed.objects.count() == 4
    source = Owed.objects.first().source
    Owed.objects.bulk_create([Owed(test="clear_talk", source=source) for _ in range(10)])
    work_on(monday())
    assert Debt.objects.count() == 0


def test_a_debt_tells_no_day_no_person_and_no_way_back(cast):
    owe(cast, FEWEST)
    before = {field.name for field in Debt._meta.get_fields()}
    assert before == {"id", "factor", "words", "times", "owner", "due_on", "answer", "edition"}
    work_on(monday())
    rows = repr(list(Debt.objects.values_list()))
    for case in Case.objects.all():
        assert str(case.pk) not in rows
        assert case.pk.hex not in rows
    for account in Account.objects.all():
        assert str(account.pk) not in rows
        assert actor_of(account).mark not in rows
        assert not any(part in rows for part in account.name.split())
    assert not any(character.isdigit() for debt in Debt.objects.all() for character in debt.words)
    # The trail and the outbox tell of one batch on a Monday, whatever the day on which each was found.
    [filed] = AuditEntry.objects.filter(action="debts.filed")
    assert (filed.actor, filed.subject, filed.detail) == ("system", "server", {})
    assert filed.at == monday()
    batches = OutboxRow.objects.filter(kind="debts_file")
    assert {(row.run_after, str(row.payload)) for row in batches} == {(monday(), "{}")}


def test_the_rows_stand_in_the_order_of_the_alphabet_whatever_was_found_first(cast):
    owe(cast, FEWEST)
    for row in Owed.objects.order_by("?"):
        Owed.objects.filter(pk=row.pk).delete()
        row.save(force_insert=True)
    work_on(monday())
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    made = [(d.factor, d.words) for d in Debt.objects.raw(f"SELECT * FROM debts_debt ORDER BY {place}")]  # noqa: S608
    assert len(made) == 2
    assert made == sorted(made)


def test_no_mail_names_a_person_or_the_matter(cast):
    Twice(cast, left_out=("support_delivered",)).keep()
    work_on(NOW)
    assert mail.outbox
    for message in mail.outbox:
        spoken = message.subject + message.body
        assert not any(word in spoken for word in ("Jonas", "Amara", "again", "loop", "repeat"))


def test_promises_and_improvements_of_the_earlier_talk_are_left_as_they_are(cast):
    twice = Twice(cast)
    before = (list(Promise.objects.values_list()), list(Improvement.objects.values_list()))
    twice.looked()
    twice.keep()
    assert (list(Promise.objects.values_list()), list(Improvement.objects.values_list())) == before


def test_the_firm_lines_are_there_for_a_manager_only_when_nothing_is_missing(cast):
    """Fair is not soft; but nobody says “it cannot go on” while something of their own is open."""
    page = f"/our-talk/{Twice(cast).case}/again/"
    firm = (
        f"This is the same kind of mistake we talked about in {NOW - timedelta(days=90):%B}",
        "It cannot go on like this",
        "bring in HR",
    )
    shown = cast.client("manager").get(page).content.decode()
    assert all(words in shown for words in firm)
    assert "the support we had agreed on: An afternoon with the lab." in shown
    assert not any(words in cast.client("engineer").get(page).content.decode() for words in firm)


def test_with_something_missing_the_guide_begins_with_it(cast):
    twice = Twice(cast, left_out=("support_delivered",))
    shown = cast.client("manager").get(f"/our-talk/{twice.case}/again/").content.decode()
    assert "Say first what is open on your side" in shown
    assert "Promised and not delivered: “An afternoon with the lab”." in shown
    assert "What got in the way?" in shown
    assert "It cannot go on like this" not in shown
    assert "bring in HR" not in shown
