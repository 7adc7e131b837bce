"""Deciding the kind of mistake: blind to the bill, a second look on the evidence, two ends that keep nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import Http404

from fairlead.commons.impact.services import impact_write
from fairlead.commons.incidents.models import Incident
from fairlead.core.mistake import MistakeType
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.people.actors import actor_of
from fairlead.people.services import account_add, team_join
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Grant, Notice
from fairlead.private.conversations.services import remark_add
from fairlead.private.talk.services import notice_read
from fairlead.private.walks.models import SecondRating, Walk
from fairlead.private.walks.selectors import current_walk
from fairlead.private.walks.services import rater_invite, rating_give
from tests.private.talks import FETCH, HONEST, Talk
from tests.rules.canaries import private_models
from tests.rules.world import WALK, walk_parts

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in private_models()}


def asked(cast, *, decision: int = 4) -> Talk:
    """A talk with a heavy first answer, for which the other manager was asked for a second look."""
    talk = Talk(cast).told().walked(WALK, decision)
    opened = talk.opened("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=cast.other_manager)
    return talk


def engineer_reads(talk: Talk) -> None:
    notice = Notice.objects.get(case=talk.case, key="second_rater_announced")
    notice_read(talk.cast.actor("engineer"), notice)


def view(decision: int = 4) -> dict[str, object]:
    answers, evidence = walk_parts(WALK)
    return {"answers": answers, "evidence": evidence, "decision": decision, "reasons": "My own view."}


# --- the time of the second rater -----------------------------------------------------------------------------------


def test_the_second_rater_reads_nothing_before_the_engineer_has_read_of_it(cast):
    talk = asked(cast)
    with pytest.raises(Http404):
        talk.opened("other_manager", Act.RATE)
    engineer_reads(talk)
    assert talk.opened("other_manager", Act.RATE).role == "second_rater"


def test_a_day_after_the_announcement_the_second_rater_may_read_in_any_case(cast):
    talk, now = asked(cast), clock.now()
    with clock.fixed(now + timedelta(hours=23)), pytest.raises(Http404):
        talk.opened("other_manager", Act.RATE)
    with clock.fixed(now + timedelta(hours=25)):
        assert talk.opened("other_manager", Act.RATE)


def test_the_reading_ends_by_itself(cast):
    talk, now = asked(cast), clock.now()
    engineer_reads(talk)
    with clock.fixed(now + timedelta(hours=71)):
        assert talk.opened("other_manager", Act.RATE)
    with clock.fixed(now + timedelta(hours=73)), pytest.raises(Http404):
        talk.opened("other_manager", Act.RATE)


def test_the_reading_ends_with_the_answer(cast):
    talk = asked(cast)
    engineer_reads(talk)
    rating_give(talk.opened("other_manager", Act.RATE), **view())
    with pytest.raises(Http404):
        talk.opened("other_manager", Act.RATE)
    assert cast.client("other_manager").get(talk.at("second_look")).status_code == 404


def test_the_second_rater_opens_nothing_but_the_second_look(cast):
    talk = asked(cast)
    engineer_reads(talk)
    for act in set(Act) - {Act.RATE}:
        with pytest.raises(Http404):
            talk.opened("other_manager", act)


def test_the_engineer_is_told_who_will_look_and_sees_that_they_did(cast):
    talk = asked(cast)
    engineer = cast.client("engineer")
    notice = Notice.objects.get(case=talk.case, key="second_rater_announced")
    assert cast.other_manager.name in engineer.get(f"/notices/{notice.pk}/").content.decode()
    engineer.post(f"/notices/{notice.pk}/")
    cast.client("other_manager").get(talk.at("second_look"))
    page = engineer.get(talk.at("talk")).content.decode()
    assert f"{cast.other_manager.name}" in page
    assert "took the second look" in page


# --- what the second rater sees, and what counts --------------------------------------------------------------------


def plain(page: bytes) -> str:
    """A page without what differs from one rendering to the next: ids and the token of its forms."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.decode())
    text = re.sub(r'name="csrf-token" content="[^"]*"', "", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "", text)


def test_the_page_of_the_second_look_is_the_same_whatever_the_first_answer_was(cast):
    pages = []
    for decision in (2, 4):
        talk = asked(cast, decision=decision)
        engineer_reads(talk)
        pages.append(plain(cast.client("other_manager").get(talk.at("second_look")).content))
        for grant in Grant.objects.filter(case=talk.case):  # so that the story begins anew
            Grant.objects.filter(pk=grant.pk).update(mark=uuid.uuid4().hex)
    assert pages[0] == pages[1]


def test_the_lower_type_stands_until_the_second_says_the_same(cast):
    talk = asked(cast)
    assert current_walk(talk.opened("manager", Act.READ)).stands < MistakeType.BREACH
    engineer_reads(talk)
    rating_give(talk.opened("other_manager", Act.RATE), **view(4))
    assert current_walk(talk.opened("engineer", Act.READ)).stands is MistakeType.BREACH


def test_where_the_two_differ_the_lower_type_stands(cast):
    talk = asked(cast)
    engineer_reads(talk)
    rating_give(talk.opened("other_manager", Act.RATE), **view(1))
    assert current_walk(talk.opened("engineer", Act.READ)).stands is MistakeType.HONEST


# --- who can be asked -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["manager", "engineer", "teammate", "hr", "director", "operator"])
def test_only_an_independent_manager_is_asked(cast, who):
    talk = Talk(cast).told().walked(WALK, 4)
    opened = talk.opened("manager", Act.INVITE_RATER)
    with pytest.raises(Refused, match="neither of you two"):
        rater_invite(opened, walk=current_walk(opened).walk, rater=getattr(cast, who))
    answer = cast.client("manager").post(
        talk.at("talk_second_invite"), {"rater": str(getattr(cast, who).pk)}, headers=FETCH
    )
    assert answer.status_code == 409
    assert not SecondRating.objects.exists()


def test_one_is_asked_at_a_time_and_another_once_the_time_has_run_out(cast):
    talk = asked(cast)
    third = account_add(email="ute@harbour.example", name="Ute Brandt", password="a-long-test-password")
    team_join(team="Store", account=third, manages=True)
    opened = talk.opened("manager", Act.INVITE_RATER)
    walk = current_walk(opened).walk
    with pytest.raises(Refused, match="has not answered yet"):
        rater_invite(opened, walk=walk, rater=third)
    with clock.fixed(clock.now() + timedelta(days=5)):
        again = talk.opened("manager", Act.INVITE_RATER)
        assert current_walk(again).second is None
        with pytest.raises(Refused, match="was asked before"):
            rater_invite(again, walk=walk, rater=cast.other_manager)
        rater_invite(again, walk=walk, rater=third)
        assert open_case_fails(talk, third)


def open_case_fails(talk: Talk, account) -> bool:
    with pytest.raises(Http404):
        open_case(actor_of(account), talk.case, Act.RATE)
    return True


# --- blind to the bill ----------------------------------------------------------------------------------------------

BILL = ("987", "654", "321", "SEV1", "sev1", "severity", "1 h 5 min", "65 minutes", "180,000", "USD", "heavy")


def test_nothing_of_the_bill_is_in_the_bytes_of_the_walk_or_of_the_second_look(cast):
    talk = Talk(cast)
    Incident.objects.filter(pk=talk.incident.pk).update(
        severity="sev1",
        started_at=clock.now() - timedelta(minutes=65),
        resolved_at=clock.now(),
    )
    talk.incident.refresh_from_db()
    values = {
        "rate_per_hour": 98765400,
        "stated_likely": 32165400,
        "support": "heavy",
        "reputation": "severe",
    }
    impact_write(cast.actor("manager"), incident=talk.incident, values=values)
    talk.held()
    bill = "I tried it in the lab. It cost USD 180,000, it was a SEV1. The lab had no second route."
    talk.write("engineer", "account", bill)
    talk.write("manager", "facts", f"They said: {bill}")
    talk.write("manager", "impact", "We spoke of 987,654 and of 321,654.")
    manager = cast.client("manager")
    walk = manager.get(talk.at("talk_walk"))
    posted = manager.post(talk.at("talk_walk"), {**WALK, "walk_id": str(uuid.uuid4()), "suggest": "1"})
    talk.walked({**WALK, "concern_evidence": f"The log. {bill}"}, 4)
    opened = talk.opened("manager", Act.INVITE_RATER)
    rater_invite(opened, walk=current_walk(opened).walk, rater=cast.other_manager)
    engineer_reads(talk)
    second = cast.client("other_manager").get(talk.at("second_look"))
    for page in (walk, posted, second):
        assert page.status_code == 200
        shown = plain(page.content)
        assert "I tried it in the lab." in shown
        assert [one for one in BILL if one in without_the_notes(shown)] == []


def without_the_notes(page: str) -> str:
    """The page without our own sentence that says the bill is left out, and without its links to static files."""
    page = re.sub(r"<(?:link|script)[^>]*>", "", page)
    return re.sub(r'<div class="notice.*?</div>', "", page, flags=re.DOTALL)


# --- two ends that keep nothing -------------------------------------------------------------------------------------

ENDS = {
    "harm_intended": {**HONEST, "harm_intended": "yes", "harm_intended_evidence": "canaryofharm"},
    "health": {**HONEST, "health": "yes", "concern_evidence": "canaryofhealth"},
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("button", ["suggest", "decide", "neither"])
@pytest.mark.parametrize("who", ["manager", "other_manager"])
def test_a_walk_that_leaves_the_product_stores_nothing_at_all(cast, end, button, who):
    talk = asked(cast)
    engineer_reads(talk)
    client = cast.client(who)
    route = "talk_walk" if who == "manager" else "second_look"
    client.get(talk.at(route))
    before, trail = counts(), AuditEntry.objects.count()
    form = {
        **ENDS[end],
        "walk_id": str(uuid.uuid4()),
        "decision": "4",
        "reasons": "canaryofreasons",
        button: "1",
    }
    answer = client.post(talk.at(route), form)
    assert answer.status_code == 200
    assert "Nothing of this walk was stored." in answer.content.decode()
    assert counts() == before
    kept = [SessionStore(session_key=s.session_key).load() for s in Session.objects.all()]
    assert "canaryof" not in repr(kept)
    new = AuditEntry.objects.order_by("sequence")[trail:]
    assert [(entry.action, entry.detail) for entry in new] == [
        ("case.walk" if who == "manager" else "case.rate", {})
    ]


# --- what stays -----------------------------------------------------------------------------------------------------


def test_new_facts_make_a_new_walk_and_the_history_and_the_reply_stay(cast):
    talk = Talk(cast).told().walked(WALK, 2)
    remark_add(
        talk.opened("engineer", Act.REMARK),
        remark_id=uuid.uuid4(),
        about="walk",
        subject="type",
        kind="contest",
        words="The guide was out of date.",
    )
    talk.walked(HONEST, 1)
    assert Walk.objects.count() == 2
    assert current_walk(talk.opened("manager", Act.READ)).stands is MistakeType.HONEST
    for who in ("manager", "engineer"):
        page = cast.client(who).get(talk.at("talk_type")).content.decode()
        assert "The guide was out of date." in page
        assert "What was decided before stays readable." in page


def test_a_walk_posted_twice_is_kept_once(cast):
    talk, manager = Talk(cast).told(), cast.client("manager")
    form = {
        **HONEST,
        "walk_id": str(uuid.uuid4()),
        "action": "x",
        "decision": "1",
        "reasons": "y",
        "decide": "1",
    }
    assert [manager.post(talk.at("talk_walk"), form).status_code for _ in range(2)] == [302, 302]
    assert Walk.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"concern_evidence": " "}, "What shows it"),
        ({"reasons": ""}, "Your reasons, in your own words"),
        ({"action": ""}, "Which one action this is about"),
        ({"decision": ""}, "Decide on one of the four types"),
        ({"decision": "3"}, "cannot be called a repeat"),
        ({"concern": ""}, "not finished yet"),
    ],
)
def test_a_decision_without_its_grounds_is_refused_and_names_them(cast, change, told):
    talk = Talk(cast).told()
    form = {
        **HONEST,
        "walk_id": str(uuid.uuid4()),
        "action": "x",
        "decision": "1",
        "reasons": "y",
        "decide": "1",
    }
    answer = cast.client("manager").post(talk.at("talk_walk"), {**form, **change})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Walk.objects.exists()
