"""Where each step of the spine is done."""

from django.urls import reverse

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
        "follow_up": reverse("first_checkin", args=[case.pk]),
        "closure": "",
    }
    return pages[step]
