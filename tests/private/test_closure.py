"""An end that is spoken: each missing thing is named, a delay of the organisation holds nobody, then the seal."""

import hashlib
import uuid
from datetime import date

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.urls import reverse

from fairlead.commons.debts.models import Debt
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.models import DataKey
from fairlead.people.models import Organisation
from fairlead.people.services import retention_set
from fairlead.private.cases.door import NotForYou, open_case
from fairlead.private.cases.models import Case, Notice
from fairlead.private.cases.services import case_touched
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.selectors import own_checkins
from fairlead.private.closure.models import Closure
from fairlead.private.closure.selectors import closure_facts, draft, is_due
from fairlead.private.closure.services import checkin_excuse, debt_answer, debt_ask
from fairlead.private.recurrence.models import Owed
from fairlead.site.today import today
from tests.private.closing import GREW, Closing
from tests.private.ninety import after, on, work
from tests.rules import expected_access as expected
from tests.rules.test_access_matrix import payload, places, routes
from tests.rules.world import with_a_case

pytestmark = pytest.mark.django_db
EACH = ("agreed", "check_in_held", "check_ins", "engineer_promise", "own_promise", "growth")


def missing(closing) -> list[str]:
    with pytest.raises(Refused) as refused:
        closing.say()
    return [one.code for one in refused.value.missing]


# --- what it waits for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", EACH)
def test_each_thing_that_is_left_out_is_exactly_the_one_that_is_named(cast, left_out):
    closing = Closing(cast, left_out=(left_out,))
    named = missing(closing)
    # Nobody can leave out the only check-in without that one being open as well.
    expected_too = {"check_in_held": []}.get(left_out, [])
    assert named == [left_out, *expected_too]
    assert not Closure.objects.exists()


def test_the_page_names_what_is_missing_to_both_and_says_when_it_would_be_erased(cast):
    closing = Closing(cast, left_out=("growth",))
    with closing.at_the_end():
        for who in ("manager", "engineer"):
            page = closing.client(who).get(closing.at("closure"))
            assert "What has grown, in specific words, with an example." in page.content.decode()
            assert "3 October 2027" in page.content.decode()


def test_a_check_in_that_passed_is_recorded_caught_up_or_excused_with_the_other_one_told(cast):
    closing = Closing(cast, left_out=("check_ins",))
    with closing.at_the_end():
        passed = [one for one in closing.rows("planned") if one.day < closing.day]
        for one in passed:
            checkin_excuse(closing.opened("manager", Act.CHECK_IN), checkin=one)
            checkin_excuse(closing.opened("manager", Act.CHECK_IN), checkin=one)
        assert closure_facts(closing.opened("manager", Act.CLOSE)).check_ins_open == 0
    told = Notice.objects.filter(key="checkin_excused", mark=cast.actor("engineer").mark)
    assert told.count() == len(passed) > 1
    closing.say()


def test_a_check_in_to_come_cannot_be_excused_away(cast):
    closing = Closing(cast, left_out=("check_ins",))
    row = closing.next()
    with clock.fixed(on(row.day, 9)), pytest.raises(Refused, match="has passed"):
        checkin_excuse(closing.opened("manager", Act.CHECK_IN), checkin=row)


def test_it_is_offered_when_it_is_due_and_not_in_the_first_weeks(cast):
    closing = Closing(cast, left_out=("growth", "check_ins"))
    with clock.fixed(on(after(5))):
        assert not is_due(closing.opened("manager", Act.READ))
        assert not any("can be closed" in one.title for one in today(cast.actor("manager")).todo)
    CheckIn.objects.filter(case=closing.case, state="planned").delete()
    with closing.at_the_end():
        [offered] = [one for one in today(cast.actor("manager")).todo if "can be closed" in one.title]
        assert offered.href == closing.at("closure")
        assert "It can be closed" in closing.client("manager").get(closing.at("talk")).content.decode()


# --- what is owed to the engineer ------------------------------------------------------------------------------------


def test_a_delay_of_the_organisation_becomes_its_debt_with_the_engineers_yes_and_holds_nobody(cast):
    closing = Closing(cast, left_out=("own_promise",))
    promise = closing.promise_of("manager")
    with closing.at_the_end():
        debt_ask(closing.opened("manager", Act.CLOSE), promise=promise)
    assert missing(closing) == ["own_promise"], "asking is not enough"
    with closing.at_the_end():
        assert any(
            one.title == "Something is still owed to you" for one in today(cast.actor("engineer")).todo
        )
        debt_answer(closing.opened("engineer", Act.ANSWER_CLOSURE), promise=promise, agreed=False)
    assert missing(closing) == ["own_promise"], "a no keeps the promise"
    with closing.at_the_end():
        debt_ask(closing.opened("manager", Act.CLOSE), promise=promise)
        debt_answer(closing.opened("engineer", Act.ANSWER_CLOSURE), promise=promise, agreed=True)
        assert "owed, by us and not by you: Lab budget" in draft(closing.opened("manager", Act.CLOSE))
    closing.sealed()
    [owed] = Owed.objects.all()
    assert owed.test == "support_delivered"
    assert str(closing.case) not in owed.source
    assert not Debt.objects.exists(), "it waits until the batch comes from enough talks"
    assert OutboxRow.objects.filter(kind="debts_file").count() == 1


def test_the_engineer_alone_agrees_to_it_and_only_to_what_was_asked(cast):
    closing = Closing(cast, left_out=("own_promise",))
    promise = closing.promise_of("manager")
    with closing.at_the_end():
        with pytest.raises(NotForYou):
            closing.opened("manager", Act.ANSWER_CLOSURE)
        with pytest.raises(Refused, match="Nobody has asked"):
            debt_answer(closing.opened("engineer", Act.ANSWER_CLOSURE), promise=promise, agreed=True)


def test_the_engineers_own_promise_and_a_kept_one_never_become_a_debt(cast):
    closing = Closing(cast, left_out=("engineer_promise",))
    for side in ("engineer", "manager"):
        with closing.at_the_end(), pytest.raises(Refused, match="Only a promise to the engineer"):
            debt_ask(closing.opened("manager", Act.CLOSE), promise=closing.promise_of(side))


# --- the words and the answer ----------------------------------------------------------------------------------------


def test_the_words_are_drafted_from_what_was_recorded_and_can_be_changed(cast):
    closing = Closing(cast)
    with closing.at_the_end():
        page = closing.client("manager").get(closing.at("closure")).content.decode()
        for words in (GREW.rstrip("."), "You promised this, and you kept it: Lab budget", "3 October 2027"):
            assert words in page
        sent = closing.client("manager").post(
            closing.at("closure_say"), {"statement": "In my own words: it is over."}
        )
        assert sent.status_code == 302
        read = closing.client("engineer").get(closing.at("closure")).content.decode()
    assert "In my own words: it is over." in read


def test_the_engineer_is_told_neutrally_and_answers_on_today(cast):
    closing = Closing(cast)
    closing.say()
    with closing.at_the_end():
        [asked] = [
            one for one in today(cast.actor("engineer")).todo if one.title == "Is it closed for you too?"
        ]
    assert asked.href == closing.at("closure")
    work(closing.day, 13)
    mine = [letter for letter in mail.outbox if cast.engineer.email in letter.to]
    assert mine
    assert all("clos" not in letter.subject.lower() + letter.body.lower() for letter in mine)


def test_nothing_is_closed_without_the_engineer(cast):
    closing = Closing(cast)
    with pytest.raises(Refused, match="not said it aloud"):
        closing.answered()
    closing.say()
    assert Case.objects.get(pk=closing.case).state == "agreed"


def test_not_yet_goes_back_to_the_manager_with_the_words_and_it_is_said_again(cast):
    closing = Closing(cast)
    closing.say()
    assert closing.answered("not_yet", "The lab first.") is False
    assert Case.objects.get(pk=closing.case).state == "agreed"
    assert Notice.objects.filter(key="closure_not_yet", mark=cast.actor("manager").mark).exists()
    with pytest.raises(Refused, match="not said it aloud"):
        closing.answered("closed")
    with closing.at_the_end():
        assert "The lab first." in closing.client("manager").get(closing.at("closure")).content.decode()
    closing.say()
    assert closing.answered("closed", "Now it is.") is True
    with closing.at_the_end():
        page = closing.client("manager").get(closing.at("closure")).content.decode()
    assert "The lab first." in page
    assert "Now it is." in page


def test_seeing_it_differently_needs_words_and_closes_with_both_standing(cast):
    closing = Closing(cast)
    closing.say()
    with pytest.raises(Refused, match="how you see it"):
        closing.answered("differently", " ")
    assert closing.answered("differently", "The night was longer than it says.")
    with closing.at_the_end():
        page = closing.client("manager").get(closing.at("closure")).content.decode()
    assert "sees some of it differently" in page
    assert "The night was longer than it says." in page


def test_what_changed_since_it_was_said_is_named_before_it_is_sealed_and_the_words_stay(cast):
    from fairlead.private.promises.services import promise_mark  # noqa: PLC0415 - used only here

    closing = Closing(cast)
    closing.say()
    with closing.at_the_end():
        opened = closing.opened("engineer", Act.PROMISE)
        promise_mark(opened, promise=closing.promise_of("manager"), kept=False, shows="It went again.")
        answer = {"answer": "closed", "words": "Almost."}
        refused = closing.client("engineer").post(closing.at("closure_answer"), answer)
    assert refused.status_code == 422
    assert "missing again" in refused.content.decode()
    assert "Almost." in refused.content.decode()
    assert Case.objects.get(pk=closing.case).state == "agreed"


def test_saying_and_answering_twice_is_once(cast):
    closing = Closing(cast)
    closing.say()
    closing.say()
    assert Notice.objects.filter(key="closure_said").count() == 1
    closing.answered()
    with pytest.raises(NotForYou, match="sealed"):
        closing.answered()
    assert Notice.objects.filter(key="case_closed").count() == 2


# --- sealed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "erased"),
    [
        (date(2028, 1, 29), 12, date(2029, 1, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 4, 30), 1, date(2027, 5, 29)),
    ],
)
def test_the_day_of_erasure_counts_from_the_day_it_was_closed_and_both_see_it(cast, day, months, erased):
    Organisation.objects.update(erase_after_months=months)
    closing = Closing(cast, day=day)
    assert closing.sealed().erase_on == erased
    with closing.at_the_end():
        for who in ("manager", "engineer"):
            page = closing.client(who).get(closing.at("closure")).content.decode()
            assert f"Erased on {erased:%a} {erased.day} {erased:%B %Y}" in page
            [told] = [
                one for one in Notice.objects.filter(key="case_closed") if one.mark == cast.actor(who).mark
            ]
            words = closing.client(who).get(reverse("notice", args=[told.pk])).content.decode()
            assert f"{erased.day} {erased:%B %Y}" in words


def test_the_day_is_the_one_on_the_engineers_calendar(cast):
    closing = Closing(cast, day=date(2028, 1, 29))
    closing.say()
    with clock.fixed(on(date(2028, 1, 29), 22)):  # the thirtieth in UTC
        closing.at_the_end = lambda: clock.fixed(on(date(2028, 1, 29), 22))
        assert closing.answered()
    assert Closure.objects.get().closed_on == date(2028, 1, 29)


def test_no_late_entry_and_no_other_setting_moves_the_day(cast):
    case = Closing(cast).sealed()
    day = case.erase_on
    Organisation.objects.update(erase_after_months=12)
    case_touched(case.pk, date(2027, 12, 1))
    work(after(81))
    case.refresh_from_db()
    assert case.erase_on == day


def test_sealing_ends_check_ins_calendar_reminders_and_what_was_left_to_read(cast):
    closing = Closing(cast)
    closing.say()
    with closing.at_the_end():
        CheckIn.objects.create(
            case_id=closing.case, day=after(90), at=on(after(90)), changed_at=on(closing.day)
        )
    closing.answered()
    assert closing.rows("planned") == []
    with closing.at_the_end():
        assert [row.state for row in own_checkins(cast.actor("engineer"))] == ["held"]
    for who in ("manager", "engineer"):
        assert {n.key for n in Notice.objects.filter(mark=cast.actor(who).mark, read_at=None)} == {
            "case_closed"
        }
        with closing.at_the_end():
            assert [one.title for one in today(cast.actor(who)).todo] == ["Our talk is closed"]
    Notice.objects.update(read_at=clock.now())
    work(closing.day)
    for days in (1, 10, 40, 90):
        work(after(80 + days))
    assert {letter.subject for letter in mail.outbox if "improvement" not in letter.subject} == set()


def test_the_trail_tells_of_every_step(cast):
    Closing(cast).sealed()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"closure.said", "closure.answered", "case.sealed"} <= actions


def test_once_sealed_neither_reads_on_and_both_may_look_back(cast):
    closing = Closing(cast)
    closing.sealed()
    for who in ("manager", "engineer"):
        with closing.at_the_end():
            assert closing.client(who).get(closing.at("talk")).status_code == 409
            assert open_case(cast.actor(who), closing.case, Act.LOOK_BACK)


def private_rows() -> str:
    """Everything the private side keeps, as one mark."""
    kept = hashlib.sha256()
    for model in apps.get_models():
        if model.__module__.startswith("fairlead.private."):
            for row in model._default_manager.order_by("pk").values_list():
                kept.update(repr((model.__name__, row)).encode())
    return kept.hexdigest()


def test_every_write_is_refused_once_it_is_sealed(cast):
    world = with_a_case(cast, "agreed")
    Case.objects.filter(pk=world.case).update(state="sealed", agreed_at=clock.now())
    Closure(case_id=world.case, said_at=clock.now(), closed_on=clock.now().date(), answer="closed").save()
    before, tried = private_rows(), 0
    for who in ("manager", "engineer", "rater"):
        client = world.client(who)
        for route in expected.OUR_TALK:
            assert route in routes()
            for method in ("post", "put", "patch", "delete"):
                address = reverse(route, kwargs=places(route, world))
                point = transaction.savepoint()
                answer = getattr(client, method)(address, payload(route, world) if method == "post" else None)
                assert private_rows() == before, f"{method} {route} as {who} wrote something"
                assert answer.status_code in {404, 405, 409}, (
                    f"{method} {route} as {who}: {answer.status_code}"
                )
                transaction.savepoint_commit(point)
                tried += 1
    assert tried > 300
    assert uuid.UUID(str(world.case))


def test_on_its_day_it_is_erased_and_an_earlier_plan_erases_nothing(cast):
    closing = Closing(cast)
    case = closing.sealed()
    work(date(2027, 10, 1))
    assert Case.objects.filter(pk=case.pk).exists()
    work(date(2027, 10, 3), 1)
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not Closure.objects.exists()
    assert not DataKey.objects.filter(pk=case.data_key).exists()
    assert erasure.is_erased(case.pk)
    for who in ("manager", "engineer"):
        with clock.fixed(on(date(2027, 10, 3))):
            assert closing.client(who).get(closing.at("closure")).status_code == 404


def test_whoever_runs_the_server_chooses_the_months_for_what_is_closed_from_now_on(cast):
    client = cast.client("operator")
    for months in ("0", "13", ""):
        form = {"months": months, "source_days": "90"}
        assert client.post(reverse("retention"), form).status_code == 422
    assert Organisation.objects.get().erase_after_months == 6
    assert client.post(reverse("retention"), {"months": "2", "source_days": "90"}).status_code == 302
    assert Closing(cast).sealed().erase_on == date(2027, 6, 3)
    with pytest.raises(Refused, match="1 to 12"):
        retention_set(months=13)
