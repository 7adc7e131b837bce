"""Every address, every method, everybody, in every state of a case, against a table written by hand."""

import uuid
from datetime import timedelta
from functools import cache

import pytest
from django.core.cache import cache as cache_of_rates
from django.db import transaction
from django.urls import get_resolver, reverse

from fairlead.core.cadence import day_in
from fairlead.foundation import clock
from tests.rules import expected_access as expected
from tests.rules.expected_sign_in import SIGN_IN_PAGES
from tests.rules.world import (
    WALK,
    World,
    end_the_grant,
    promise_of_another_case,
    seen_of_review,
    soon,
    template_form,
    with_a_case,
    without_a_case,
)

pytestmark = pytest.mark.django_db


@cache
def routes() -> dict[str, tuple[str, ...]]:
    """Every named route with the names of the parts of its address, from the resolver."""
    found: dict[str, tuple[str, ...]] = {}

    def look(patterns, before):
        for pattern in patterns:
            parts = (*before, *pattern.pattern.regex.groupindex)
            if getattr(pattern, "namespace", None) == "api":
                continue  # a token is looked for there instead of a sign-in: tests/api/test_access.py
            if hasattr(pattern, "url_patterns"):
                look(pattern.url_patterns, parts)
            else:
                assert pattern.name, f"{pattern.pattern} has no name"
                assert pattern.name not in found, f"two routes are called {pattern.name}"
                found[pattern.name] = parts

    look(get_resolver().url_patterns, ())
    return found


def listed() -> set[str]:
    return {
        *expected.OUR_TALK,
        *expected.FORMAL,
        *expected.OFFERED,
        *expected.OF_HR,
        "notice",
        *expected.PREPARATION,
        *expected.ASK_FOR_THE_TALK,
        *expected.COMMONS,
        *expected.SOURCES,
        *expected.OWN,
        *expected.OPERATORS,
        *expected.DOOR,
        *SIGN_IN_PAGES,
    }


def test_every_route_is_in_the_table_and_every_row_is_a_route():
    assert set(routes()) == listed()


def test_every_address_that_names_a_case_is_in_the_table_of_our_talk():
    assert {name for name, parts in routes().items() if "case_id" in parts} == set(expected.OUR_TALK)


def _row_of_our_talk(route: str, actor: str, state: str) -> str | tuple[str, ...]:
    if state == "none":
        return expected.NOTHING_HERE
    if actor == "rater":
        return expected.OF_THE_RATER.get(route, expected.NOTHING_HERE)
    return expected.OUR_TALK[route].get(actor, expected.NOTHING_HERE)


def _row_of_the_formal_path(route: str, actor: str, state: str) -> str:
    """The former manager leads neither the case nor what came of it."""
    return (
        expected.NOTHING_HERE if state == "none" else expected.FORMAL[route].get(actor, expected.NOTHING_HERE)
    )


def _row_of_a_notice(actor: str, state: str) -> str:
    told = actor == "engineer" and state != "none"
    return expected.NOTICE_OF_THE_ENGINEER if told else expected.NOTICE_OF_SOMEBODY_ELSE


def _row_of_the_shared_side(route: str, actor: str) -> str:
    if route == "talk_begin" and actor in expected.MANAGE_A_TEAM - expected.CAN_CHOOSE_THE_ENGINEER:
        return expected.BEGIN_WITH_SOMEBODY_ELSES_ENGINEER
    if route in expected.OWN:
        return expected.OWN[route]
    if route in expected.OF_HR:
        return expected.OF_HR[route][0 if actor == "hr" else 1]
    if route in expected.OPERATORS:
        return expected.OPERATORS[route][0 if actor == "operator" else 1]
    for table, who in (
        (expected.COMMONS, expected.WORK_IN_A_TEAM),
        (expected.PREPARATION, expected.MANAGE_A_TEAM),
        (expected.ASK_FOR_THE_TALK, expected.HAVE_A_MANAGER),
    ):
        if route in table:
            return table[route][0 if actor in who else 1]
    raise AssertionError(f"{route} stands in no table")


def expected_row(route: str, actor: str, state: str) -> list[int]:
    """Look a cell's row up in the table; nothing is computed here but the place where it stands."""
    at_the_door = SIGN_IN_PAGES | expected.DOOR
    if route in at_the_door:
        row = at_the_door[route][actor != "anonymous"]
    elif actor == "anonymous":
        row = expected.SENT_TO_SIGN_IN
    elif route == "notice":
        row = _row_of_a_notice(actor, state)
    elif route in expected.SOURCES:
        row = expected.SOURCES[route] if actor in expected.RESPONDED else expected.NOTHING_HERE
    elif route in expected.OFFERED:
        theirs = expected.OFFERED[route] if state != "none" else {}
        row = theirs.get(actor, expected.NOTHING_HERE)
    elif route in expected.FORMAL:
        row = _row_of_the_formal_path(route, actor, state)
    elif route in expected.OUR_TALK:
        row = _row_of_our_talk(route, actor, state)
    else:
        row = _row_of_the_shared_side(route, actor)
    if isinstance(row, tuple):
        row = row[expected.STATES.index(state) - 1]
    return [int(status) for status in row.split()]


def payload(route: str, world: World) -> dict[str, object]:
    """A form that is right in every field, so that only who, where and when decide."""
    incident = {
        "incident_id": str(uuid.uuid4()),
        "title": "Another loop",
        "zone": "UTC",
        "trigger": "change",
        "detected_by": "monitoring",
        "kind": "incident",
    }
    improvement = {
        "improvement_id": str(uuid.uuid4()),
        "words": "Another route",
        "factors": [str(world.factor)],
        "strength": "stronger",
        "owner": "Network team",
        "due_on": "2027-01-08",
    }
    lesson = {"title": "Two default routes", "know": "Production has two.", "paths": "network/**"}
    text = {"words": "Some words.", "base": "9"}
    remark = {
        "remark_id": str(uuid.uuid4()),
        "about": "text",
        "subject": "record",
        "kind": "contest",
        "words": "I see it differently.",
    }
    walk = {
        **WALK,
        "walk_id": str(uuid.uuid4()),
        "action": "Rolling it out",
        "decision": "4",
        "reasons": "Clear.",
    }
    forms = {
        "incident_record": {"text": "Routing loop at 14:27 UTC, back at 15:32."},
        "text_add": {"text": "15:40 UTC the last order went through."},
        "incident_by_hand": incident,
        "source_let_in": {"colleague": str(world.cast.manager.pk), "role": "scribe"},
        "incident_change": {**incident, "edition": "1"},
        "log_start": {
            "title": "Checkout is slow",
            "incident_id": str(uuid.uuid4()),
            "log_id": str(uuid.uuid4()),
        },
        "log_add": {"words": "Undo begins"},
        "log_line": {"edition": "1", "at": clock.now().strftime("%Y-%m-%dT%H:%M"), "words": "Alarm"},
        "log_role": {"role": "scribe"},
        "log_moment": {"moment": "started", "line_id": str(uuid.uuid4())},
        "log_update": {"state": "identified", "next_in": "30"},
        "entry_add": {
            "at": "2026-11-19T14:31",
            "zone": "UTC",
            "words": "Alarm",
            "entry_id": str(uuid.uuid4()),
        },
        "entry": {"at": "2026-11-19T14:31", "zone": "UTC", "words": "Another alarm", "edition": "1"},
        "entry_move": {"minutes": "-3", "edition": "1"},
        "moment": {"at": clock.now().strftime("%Y-%m-%dT%H:%M"), "zone": "UTC", "was": ""},
        "moment_move": {"minutes": "-3", "was": world.incident.started_at.isoformat()},
        "impact": {"rate_per_hour": "1000", "support": "heavy"},
        "factor_question": {"answer": "no", "reason": "Looked at it."},
        "improvement_plan": improvement,
        "improvement_change": {**improvement, "edition": "1"},
        "improvement_done": {"edition": "1", "closing_words": "It refused the old change."},
        "improvement_drop": {"edition": "1", "closing_words": "The line was taken out of service."},
        "improvement_reopen": {"edition": "1", "words": "It let the old change pass."},
        "improvement_follow": {"wanted": "yes"},
        "waiver_ask": {
            "waiver_id": str(uuid.uuid4()),
            "code": "vendor",
            "words": "The vendor mends it in March.",
            "until": f"{clock.now().date() + timedelta(days=30)}",
        },
        "waiver_sign": {"signer": "Security"},
        "lesson_write": {**lesson, "lesson_id": str(uuid.uuid4())},
        "lesson_change": {**lesson, "lesson_id": str(world.lesson), "edition": "1"},
        "lesson_try": {"change": "+ redistribute static"},
        "lesson_rate": {"edition": "1", "fired": "9", "looked_at": "1000"},
        "lesson_show": {"edition": "1"},
        "lesson_mute": {"edition": "1"},
        "lesson_answer": {"useful": "no"},
        "debt": {"edition": "1", "owner": "Leadership", "answer": "The lab has its second route."},
        "again": {"earlier": str(uuid.uuid4()), "words": "The same step."},
        "decision_day": {"owner": "Network team", "due_on": "2027-01-08"},
        "review_save": text,
        "review_publish": {"seen": seen_of_review(world)},
        "review_template": template_form(),
        "harmless": {"word_id": str(uuid.uuid4()), "kind": "word", "words": "Okta"},
        "talk_begin": {"case_id": str(uuid.uuid4()), "engineer": str(world.cast.engineer.pk)},
        "talk_notes_save": text,
        "talk_account_save": text,
        "talk_message_save": text,
        "talk_remark": remark,
        "talk_walk": {**walk, "decide": "1"},
        "second_look": {**walk, "decide": "1"},
        "talk_second_invite": {"rater": str(world.cast.other_manager.pk)},
        "promise_make": {
            "promise_id": str(uuid.uuid4()),
            "owed_by": "manager",
            "words": "A lab route",
            "due_on": "2027-01-08",
        },
        "promise_answer": {"action": "accept"},
        "promise_reply": {"reply_id": str(uuid.uuid4()), "words": "I see it so too."},
        "formal_answer": {"answer": "yes"},
        "formal_note": {
            "entry_id": str(uuid.uuid4()),
            "requirement": "companion",
            "on": "2026-11-20",
            "words": "They were asked.",
        },
        "formal_reply": {"entry_id": str(uuid.uuid4()), "words": "I see it differently."},
        "formal_hold": {
            "hold_id": str(uuid.uuid4()),
            "until": f"{clock.now().date() + timedelta(days=90)}",
            "reason": "A court has asked for it.",
        },
        "formal_hold_end": {"words": "The court has closed it."},
        "formal_decide": {"on": "2026-11-20", "words": "It goes on as it was."},
        "hand_over": {
            "hand_over_id": str(uuid.uuid4()),
            "to": str(world.raters["next"].pk),
            "offered": ["account"],
        },
        "hand_over_answer": {"answer": "yes", "allowed": ["account"]},
        "go_on": {
            "hand_over_id": str(uuid.uuid4()),
            "to": str(world.raters["next"].pk),
            "gives_account": "on",
        },
        "end_alone": {"words": "It is over."},
        "offered": {"answer": "yes"},
        "closure_growth": text,
        "closure_say": {"statement": "I consider it closed."},
        "closure_answer": {"answer": "closed"},
        "debt_answer": {"agreed": "yes"},
        "first_checkin": {"at": soon().strftime("%Y-%m-%dT%H:%M")},
        "checkin": {"work_id": str(uuid.uuid4()), "given": "yes", "work": "A change.", "held": "1"},
        "checkin_words": text,
        "checkin_move": {"at": soon(3).strftime("%Y-%m-%dT%H:%M"), "edition": "0"},
        "signal_note": {
            "signal_id": str(uuid.uuid4()),
            "key": "early_word",
            "seen_on": f"{day_in('America/New_York', clock.now())}",
            "words": "Asked before leaving out a step.",
        },
        "signal_reply": {"reply_id": str(uuid.uuid4()), "words": "I see it so too."},
        "leave_enter": {
            "leave_id": str(uuid.uuid4()),
            "who": "manager",
            "first": "2027-01-11",
            "last": "2027-01-15",
        },
        "pace": {"week_1": "1", "weeks_2_to_4": "5", "months_2_to_3": "10"},
        "reminders": {
            "working_week": ["0", "1", "2", "3", "4"],
            "zone": "America/New_York",
            "by_mail": "on",
            "quiet_from": "19:00",
            "quiet_to": "08:00",
        },
        "help_words": {"words": "The assistance line."},
        "retention": {"months": "9", "source_days": "30"},
    }
    return forms.get(route, {})


# The parts of an address behind which somebody may find nothing, as if it were not there.
_NAMES_SOMETHING_HELD = frozenset(
    {
        "case_id",
        "notice_id",
        "packet_id",
        "promise_id",
        "source_id",
        "checkin_id",
        "signal_id",
        "leave_id",
        "hand_over_id",
    }
)


def places(route: str, world: World, *, elsewhere: bool = False) -> dict[str, object]:
    """The parts of an address; `elsewhere` puts an id that belongs to nothing wherever the private side is named."""
    known = {
        "incident_id": world.incident.pk,
        "factor_id": world.factor,
        "improvement_id": world.improvement,
        "waiver_id": world.waiver,
        "lesson_id": world.lesson,
        "debt_id": world.debt,
        "word_id": world.harmless_word,
        "entry_id": world.entry,
        "log_id": world.log,
        "line_id": world.line,
        "moment": "started" if route == "moment_move" else "detected",
        "case_id": world.case,
        "notice_id": world.notice,
        "promise_id": world.promise,
        "packet_id": world.packet,
        "hand_over_id": world.hand_over,
        "source_id": world.source,
        "checkin_id": world.checkin,
        "signal_id": world.signal,
        "leave_id": world.leave,
        "what": "words",
        "token": world.token,
        "slot": "facts",
        "key": {"factor_question": "A2", "review_save": "lessons", "rehearse_with": "silent"}.get(
            route, "a-key"
        ),
        "number": 1,
        "ending": "pdf",
        "table": "incidents",
        "shape": "csv",
        "uidb36": "a",
        "token_id": uuid.UUID(int=1),
        "rest": "nothing/here",
        "pk": 1,
    }
    return {
        part: uuid.uuid4() if elsewhere and part in _NAMES_SOMETHING_HELD else known[part]
        for part in routes()[route]
    }


def ask(client, method: str, route: str, world: World, **where):
    """Ask, and take back whatever it changed, in the database and in the browser."""
    address = reverse(route, kwargs=places(route, world, **where))
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    cache_of_rates.clear()  # the sign-in library counts attempts there, which no savepoint takes back
    before = transaction.savepoint()
    try:
        answer = getattr(client, method.lower())(address, payload(route, world) if method == "POST" else None)
    finally:
        transaction.savepoint_rollback(before)
        client.cookies.load(cookies)
    return answer, address


def told(answer, address: str) -> tuple[object, ...]:
    """Everything an answer tells, its own address left out."""
    headers = {name: value for name, value in answer.headers.items() if name != "Expires"}  # only the clock
    return (
        answer.status_code,
        answer.content.replace(address.encode(), b"@"),
        {name: value.replace(address, "@") for name, value in headers.items()},
        sorted(answer.cookies),
    )


def world_in(state: str, actor: str, cast) -> World:
    world = without_a_case(cast) if state == "none" else with_a_case(cast, state)
    if actor == "former_manager":
        end_the_grant(world)
    return world


def signed_in(world: World, actor: str):
    client = world.client(actor)
    client.get(reverse("presence"))  # so that the first look at the private side is not noted in a cell
    return client


EVERY_METHOD = (*expected.METHODS, "HEAD", "OPTIONS", "PATCH")
# The quick suite goes through one state with everybody; the slow one through all of them.
CELLS = [
    pytest.param(actor, state, marks=[] if state == "ended" else [pytest.mark.slow])
    for state in expected.STATES
    for actor in expected.ACTORS
]


@pytest.mark.parametrize(("actor", "state"), CELLS)
def test_everybody_gets_exactly_what_the_table_says(cast, actor, state):
    world = world_in(state, actor, cast)
    client = signed_in(world, actor)
    wrong = []
    for route in routes():
        if route in SIGN_IN_PAGES and state != "none":
            continue  # the sign-in pages know nothing of cases
        for method, wanted in zip(expected.METHODS, expected_row(route, actor, state), strict=True):
            answer, _ = ask(client, method, route, world)
            if answer.status_code != wanted:
                wrong.append(f"{method} {route}: {answer.status_code}, not {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "state",
    ["ended", pytest.param("open", marks=pytest.mark.slow), pytest.param("agreed", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("actor", ["anonymous", "rater", *expected.OUTSIDERS])
def test_whoever_was_not_granted_gets_the_same_bytes_for_a_case_and_for_nothing(cast, actor, state):
    world = world_in(state, actor, cast)
    client = signed_in(world, actor)
    for route in (*expected.OUR_TALK, "notice", "offered"):
        if (actor == "rater" and route in expected.OF_THE_RATER) or (actor == "next" and route == "offered"):
            continue
        for method in (
            ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
            if state == "ended"
            else ("GET", "POST")
        ):
            here, nothing = (told(*ask(client, method, route, world, elsewhere=e)) for e in (False, True))
            assert here == nothing, f"{method} {route}"


@pytest.mark.parametrize("actor", expected.ACTORS)
def test_a_head_is_a_get_without_a_body_and_options_open_nothing(cast, actor):
    world = world_in("ended", actor, cast)
    client = signed_in(world, actor)
    for route in routes():
        if route in SIGN_IN_PAGES:
            continue
        get, _, put, _ = expected_row(route, actor, "ended")
        head, _ = ask(client, "HEAD", route, world)
        options, _ = ask(client, "OPTIONS", route, world)
        assert (head.status_code, head.content) == (get, b""), route
        assert options.status_code == put, route


def test_a_promise_of_another_case_is_not_found_in_ones_own(cast):
    world = with_a_case(cast, "ended")
    other = promise_of_another_case(world)
    client = signed_in(world, "engineer")
    address = reverse("promise_answer", kwargs={"case_id": world.case, "promise_id": other})
    nothing = reverse("promise_answer", kwargs={"case_id": world.case, "promise_id": uuid.uuid4()})
    here, there = client.post(address, {"action": "accept"}), client.post(nothing, {"action": "accept"})
    assert told(here, address) == told(there, nothing)
    assert here.status_code == 404


def test_the_table_has_thousands_of_cells():
    ours = len(routes()) - len(SIGN_IN_PAGES)
    cells = (ours * len(expected.STATES) + len(SIGN_IN_PAGES)) * len(expected.ACTORS) * len(expected.METHODS)
    assert cells > 8_000
