"""The background work of improvements: the look in the morning, and the letters."""

from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from fairlead.commons.improvements.services_reminders import (
    Remembered,
    midnight_pass,
    remembered_for,
    reminders_plan,
)
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register, register_outside
from fairlead.people.actors import account_by_mark

_SHOWN = 20  # in one letter; the board shows the rest


@register("improvements_midnight")
def pass_midnight(row: OutboxRow) -> None:
    """Let what was done until yesterday stand among what is not done yet."""
    midnight_pass()


@register("improvements_morning")
def look_in_the_morning(row: OutboxRow) -> None:
    """See what is due and put a letter for everybody concerned."""
    reminders_plan()


@register_outside("improvement_letter")
def send_letter(row: OutboxRow) -> None:
    """Send one letter with everything of a day, unless nothing of it is open any more."""
    reader, day = row.payload["reader"], date.fromisoformat(row.payload["day"])
    remembered = remembered_for(reader, day)
    account = account_by_mark(reader) if remembered else None
    if account is None or not account.is_active:
        return
    many = "1 improvement" if len(remembered) == 1 else f"{len(remembered)} improvements"
    EmailMessage(
        subject=f"{many} to look at",
        body=_body(remembered),
        to=[account.email],
        headers={
            "Message-ID": f"<{row.idempotency.replace(':', '.')}@fairlead>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


def _body(remembered: list[Remembered]) -> str:
    lines = [
        f"- {' '.join(one.improvement.words.split())[:160]}\n"
        f"  {one.words}, {one.improvement.owner}\n"
        f"  {settings.FAIRLEAD_URL}{reverse('improvement', args=[one.improvement.pk])}\n"
        for one in remembered[:_SHOWN]
    ]
    left = len(remembered) - _SHOWN
    rest = f"and {left} more: {settings.FAIRLEAD_URL}{reverse('improvements')}\n" if left > 0 else ""
    return (
        "These improvements answer what made incidents possible. Until they are done, it still does. Done means "
        "proved, or waived by two people for a time.\n\n"
        + "\n".join(lines)
        + rest
        + "\nIf one of them is done or will not come, its page has a button for either.\n"
    )
