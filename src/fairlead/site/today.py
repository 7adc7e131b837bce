"""Today: what is somebody's own to do, each with one verb."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fairlead.core.formal import Part, Step
from fairlead.core.playbook.reader import load_default
from fairlead.core.steps import Standing, missing_for_agreed, spine
from fairlead.core.visibility import Act, Actor, CaseState, Role
from fairlead.people.models import Reminders
from fairlead.private.cases.door import OpenCase, open_case
from fairlead.private.cases.selectors import led_by, name_of, own_grants, own_notices, the_two
from fairlead.private.checkins.facts import facts_of
from fairlead.private.checkins.selectors import next_checkin
from fairlead.private.closure.selectors import is_due, passed_on, said
from fairlead.private.conversations.selectors import has_read_message, text_of
from fairlead.private.conversations.slots import MESSAGE
from fairlead.private.formal.selectors import held_until, own_packets
from fairlead.private.handover.selectors import offers_to, under_way
from fairlead.private.preparation.selectors import prepared_without_talk, requests_to
from fairlead.private.promises.selectors import ledger_of
from fairlead.private.talk.facts import talk_facts
from fairlead.private.talk.links import next_act

# A proposed promise and a draft to read stand on Today themselves, until they are answered.
_SHOWN_AS_THE_THING_ITSELF = frozenset(
    {
        "promise_proposed",
        "message_to_read",
        "closure_said",
        "debt_asked",
        "hand_over_asked",
        "hand_over_offered",
    }
)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: what, why, the verb, and where."""

    title: str
    why: str
    verb: str
    href: str


@dataclass(frozen=True, slots=True)
class OurTalk:
    """A talk that goes on: with whom, about what, and the day of its next check-in (None: none is planned)."""

    other: str
    about: str
    next_on: date | None
    href: str


@dataclass(frozen=True, slots=True)
class Today:
    """What somebody has to do, what others wait for first; and the talks they are in, also when none waits."""

    todo: list[ToDo]
    talks: list[OurTalk]


def _notices(actor: Actor) -> list[ToDo]:
    titles = {notice.key: notice.title for notice in load_default().notices}
    return [
        ToDo(titles[n.key], "", "Read it", reverse("notice", args=[n.pk]))
        for n in own_notices(actor)
        if n.key not in _SHOWN_AS_THE_THING_ITSELF
    ]


def _asked(actor: Actor) -> list[ToDo]:
    return [
        ToDo(
            f"{name_of(request.asked_by)} asks to talk with you",
            f"About “{request.incident.title}”. Waiting is hard on the person who waits.",
            "Prepare",
            reverse("prepare_for", args=[request.incident.pk]),
        )
        for request in requests_to(actor)
        if request.incident
    ]


def _mail_trouble(actor: Actor) -> list[ToDo]:
    refused = Reminders.objects.filter(account=actor.account).exclude(mail_refused_at=None).exists()
    return [
        ToDo(title, "Your address was refused by the mail server.", "Look at it", reverse("reminders"))
        for title in ["Mail does not reach you"] * refused
    ]


def _asked_to_go_on(actor: Actor) -> list[ToDo]:
    """Return the talks somebody is asked to go on with; no word of them is shown before."""
    why = "You see who would read what before you answer."
    return [
        ToDo("You are asked to go on with a talk", why, "Read it", reverse("offered", args=[one.pk]))
        for one in offers_to(actor)
    ]


def _who_goes_on(opened: OpenCase, role: Role, about: str) -> list[ToDo]:
    """Return what the engineer decides about who leads: answer a hand-over, or choose while nobody does."""
    if role is not Role.ENGINEER:
        return []
    row, case = under_way(opened.case), opened.case
    if row is not None and row.state == "asked":
        href = reverse("hand_over_answer", args=[case.pk])
        return [ToDo("May somebody else go on with our talk?", "You decide." + about, "Answer", href)]
    if row is None and led_by(case) is None:
        href = reverse("go_on", args=[case.pk])
        return [ToDo("Nobody leads our talk now", "You choose what comes." + about, "Choose", href)]
    return []


def _formal(actor: Actor) -> list[ToDo]:
    """Return the formal paths somebody has a part in; here they are found also when the case is gone."""
    found = []
    for packet, part in own_packets(actor):
        href = reverse("formal", args=[packet.pk])
        if part is Part.HR and packet.step == Step.ESCALATED:
            why = f"{name_of(packet.manager)} asks whether you take it on."
            found.append(ToDo("An escalation waits for your answer", why, "Read it", href))
        elif packet.step == Step.DECIDED:
            kept = "Kept for a legal matter." if held_until(packet) else "Destroyed on its day."
            found.append(ToDo("A formal path: decided", kept, "Read it", href))
        elif part is Part.ENGINEER:
            why = "You read everything in it, and you are heard before anything is decided."
            found.append(ToDo("A formal path, and your reply", why, "Open it", href))
        else:
            found.append(ToDo("A formal path", "See what is there and what is missing.", "Open it", href))
    return found


def _closing(opened: OpenCase, role: Role, other: str, about: str) -> list[ToDo]:
    """Return what an end asks of this person: to think of it when it is due, to answer what was said or asked."""
    words, href = said(opened), reverse("closure", args=[opened.case.pk])
    waits = words is not None and words.answer == ""
    if role is Role.ENGINEER:
        found = [
            ToDo("Is it closed for you too?", f"{other} has said it aloud.{about}", "Answer", href)
            for _ in range(waits)
        ]
        asked = "asked" in passed_on(opened).values()
        return found + [ToDo("Something is still owed to you", about.strip(), "Answer", href)] * asked
    if waits or not is_due(opened):
        return []
    return [
        ToDo(
            f"Our talk with {other} can be closed", "What grew, in specific words." + about, "Close it", href
        )
    ]


def _going_on(opened: OpenCase, role: Role) -> OurTalk:
    two, incident, coming = the_two(opened.case), opened.case.incident, next_checkin(opened)
    return OurTalk(
        two.engineer if role is Role.MANAGER else two.manager,
        incident.title if incident else "",
        coming.day if coming else None,
        reverse("talk", args=[opened.case.pk]),
    )


def _waits(opened: OpenCase, role: Role) -> list[ToDo]:
    facts, two = talk_facts(opened), the_two(opened.case)
    # Somebody may be in more than one talk: each line says which.
    about = f" About “{opened.case.incident.title}”." if opened.case.incident else ""
    other = two.engineer if role is Role.MANAGER else two.manager
    found = [
        ToDo(
            "A promise waits for your answer",
            p.entry.words,
            "Answer it",
            reverse("talk", args=[opened.case.pk]) + "#ledger",
        )
        for p in ledger_of(opened)
        if p.mine_to_answer
    ]
    found += _who_goes_on(opened, role, about)
    coming = next_checkin(opened)
    if coming is not None and coming.day <= facts_of(opened.case).today:
        found.append(
            ToDo(
                f"Your check-in with {other}",
                "Two minutes: how it goes, what was seen, the promises, the work." + about,
                "Open the check-in",
                reverse("checkin", args=[opened.case.pk, coming.pk]),
            )
        )
    if facts.agreed:
        found += _closing(opened, role, other, about)
    if role is Role.ENGINEER:
        if not text_of(opened, "account").words.strip():
            found.append(
                ToDo(
                    "Your own account",
                    "What happened, in your words." + about,
                    "Write it",
                    reverse("talk_account", args=[opened.case.pk]),
                )
            )
        if facts.talk_ended and not facts.read_by_engineer:
            found.append(
                ToDo(
                    "The notes of our talk",
                    "They stand as you leave them: add or contest." + about,
                    "Read them",
                    reverse("talk_notes", args=[opened.case.pk]),
                )
            )
        if text_of(opened, MESSAGE).words.strip() and not has_read_message(opened):
            found.append(
                ToDo(
                    "The message to the team",
                    "You read it first." + about,
                    "Read it",
                    reverse("talk_message", args=[opened.case.pk]),
                )
            )
        return found
    if not facts.read_by_manager:
        found.append(
            ToDo(
                "Their account has new words",
                about.strip(),
                "Read it",
                reverse("talk_account", args=[opened.case.pk]),
            )
        )
    if not facts.agreed and not missing_for_agreed(facts):
        found.append(
            ToDo(
                f"Our talk with {other}",
                "Everything is there.",
                "Call it agreed",
                reverse("talk", args=[opened.case.pk]),
            )
        )
        return found
    step = next((one for one in spine(facts) if one.standing is Standing.NOW), None)
    if step is not None and not facts.agreed and step.key != "closure":
        title = next(s.title for s in load_default().steps if s.key == step.key)
        why = step.waits_for[0].words if step.waits_for else ""
        verb, href = next_act(step.key, step.waits_for, opened)
        ours = reverse("talk", args=[opened.case.pk])
        found.append(ToDo(f"Our talk with {other}: {title}", why, verb or "Open our talk", href or ours))
    return found


def today(actor: Actor) -> Today:
    """Return what this person has to do, and the talks they are in."""
    talks: list[OurTalk] = []
    found = _notices(actor) + _formal(actor) + _mail_trouble(actor) + _asked(actor) + _asked_to_go_on(actor)
    for grant in own_grants(actor):
        if grant.role == Role.SECOND_RATER:
            found.append(
                ToDo(
                    "Your independent view",
                    "On the evidence alone.",
                    "Answer",
                    reverse("second_look", args=[grant.case_id]),
                )
            )
        elif grant.case.state != CaseState.SEALED:
            opened, role = open_case(actor, grant.case_id, Act.READ), Role(grant.role)
            found += _waits(opened, role)
            talks.append(_going_on(opened, role))
    found += [
        ToDo(
            f"You prepared for a talk about “{preparation.incident.title}”",
            "Whoever waits outside the door is waiting for you.",
            "Begin the talk",
            reverse("talk_begin", args=[preparation.incident.pk]),
        )
        for preparation in prepared_without_talk(actor)
        if preparation.incident
    ]
    return Today(found, talks)
