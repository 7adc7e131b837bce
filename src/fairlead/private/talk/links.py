"""Where each step of the spine is done, and the one verb for whatever is missing."""

from collections.abc import Iterable

from django.urls import reverse

from fairlead.core.refusal import Missing
from fairlead.core.visibility import Role
from fairlead.private.cases.door import OpenCase


def link_for(step: str, opened: OpenCase) -> str:
    """Return the address of the page where a step is done by this person, or an empty text when it is not theirs."""
    case, incident = opened.case, opened.case.incident
    manager = opened.role is Role.MANAGER
    card = (
        reverse("talk_live", args=[case.pk])
        if manager and case.talk_ended_at is None
        else reverse("talk_notes", args=[case.pk])
    )
    pages = {
        "own_state": reverse("prepare_for", args=[incident.pk]) if manager and incident else "",
        "empathy": card if manager else "",
        "facts": reverse("talk_account", args=[case.pk]),
        "impact": reverse("incident", args=[incident.pk]) if incident else "",
        "person": card if manager else "",
        "systems": reverse("factors", args=[incident.pk]) if incident else "",
        "changes": reverse("talk", args=[case.pk]) + "#ledger",
        "support": reverse("talk", args=[case.pk]) + "#ledger",
        "follow_up": reverse("follow_up" if case.agreed_at else "first_checkin", args=[case.pk]),
        "closure": "",  # the page of the talk leads there, once it is agreed
    }
    return pages[step]


# What is missing, by its code: whose turn it is, the verb on the button, and the page; "incident" pages belong to
# everybody, "talk" pages to the two.
_BOTH = (Role.MANAGER, Role.ENGINEER)
_WAYS: dict[str, tuple[tuple[Role, ...], str, str, str]] = {
    "prepared": ((Role.MANAGER,), "Prepare", "incident", "prepare_for"),
    "talk": ((Role.MANAGER,), "Open the card", "talk", "talk_live"),
    "impact": ((Role.MANAGER,), "Say what it cost", "incident", "impact"),
    "read_by_engineer": ((Role.ENGINEER,), "Read the notes", "talk", "talk_notes"),
    "read_by_manager": ((Role.MANAGER,), "Read their account", "talk", "talk_account"),
    "type": ((Role.MANAGER,), "Walk through the questions", "talk", "talk_walk"),
    "questions": (_BOTH, "Go through the questions", "incident", "factors"),
    "factor": (_BOTH, "Name a condition", "incident", "factors"),
    "factor_owner": (_BOTH, "Name the owner", "incident", "factors"),
    "improvement": (_BOTH, "Plan an improvement", "incident", "improvement_plan"),
    "manager_owes_nothing": (_BOTH, "Propose a promise", "talk", "promise_make"),
    "engineer_owes_nothing": (_BOTH, "Propose a promise", "talk", "promise_make"),
    "first_checkin": (_BOTH, "Fix the first check-in", "talk", "first_checkin"),
}


def way_to(missing: Missing, opened: OpenCase) -> tuple[str, str]:
    """Return the verb and the address with which this person settles what is missing.

    Both are empty when it is the other one's turn, or when there is no page for it.
    """
    case, incident = opened.case, opened.case.incident
    if missing.code == "facts":
        if opened.role is Role.ENGINEER:
            return "Write your account", reverse("talk_account", args=[case.pk])
        return "Write the notes", reverse("talk_notes", args=[case.pk])
    if missing.code.startswith(("left_", "without_")):
        return "Answer the promises", reverse("talk", args=[case.pk]) + "#ledger"
    whose, verb, place, page = _WAYS.get(missing.code, ((), "", "", ""))
    if opened.role not in whose or (place == "incident" and incident is None):
        return "", ""
    return verb, reverse(page, args=[incident.pk if place == "incident" and incident else case.pk])


def with_links(missing: Iterable[Missing], opened: OpenCase) -> list[dict[str, str]]:
    """Return what is missing as a page lists it: each sentence once, with the way to settle it."""
    by_words = {one.words: way_to(one, opened)[1] for one in missing}
    return [{"words": words, "href": href} for words, href in by_words.items()]


def next_act(step: str, waits_for: Iterable[Missing], opened: OpenCase) -> tuple[str, str]:
    """Return the one verb and address for the present step: the first missing thing that is this person's to do.

    An answer the other waits for comes before a proposal of one's own.
    """
    turn = f"the {opened.role.value}'s turn"
    waits_for = [
        one
        for one in sorted(waits_for, key=lambda one: not one.code.startswith("left_"))
        if not one.code.startswith("left_") or turn in one.words
    ]
    for missing in waits_for:
        verb, href = way_to(missing, opened)
        if verb:
            return verb, href
    href = link_for(step, opened)
    return ("Look at it", href) if href and not waits_for else ("", "")
