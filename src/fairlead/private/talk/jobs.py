"""The background work of the private side."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from fairlead.core.playbook.reader import load_default
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register, register_outside
from fairlead.people.actors import account_by_mark
from fairlead.private.cases.models import Notice
from fairlead.private.cases.services import case_touched


@register("case_touched")
def touch(row: OutboxRow) -> None:
    """Move the day of erasure after an entry."""
    case_touched(UUID(row.payload["case"]), date.fromisoformat(row.payload["day"]))


@register("private_changed")
def private_changed(row: OutboxRow) -> None:
    """Nothing follows from a preparation yet; the reminder to hold the talk will."""


@register_outside("notice")
def mail_notice(row: OutboxRow) -> None:
    """Tell by mail that a notice waits: a neutral subject and a link, nothing else."""
    notice = Notice.objects.filter(pk=row.payload["notice"], read_at=None).first()
    account = account_by_mark(notice.mark) if notice else None
    if notice is None or account is None or not account.is_active:
        return
    EmailMessage(
        subject=load_default().notice(notice.key).neutral_subject,
        body=f"Something is waiting for you in Fairlead:\n{settings.FAIRLEAD_URL}/\n",
        to=[account.email],
        headers={"Message-ID": f"<{row.idempotency}@fairlead>", "Auto-Submitted": "auto-generated"},
    ).send()
