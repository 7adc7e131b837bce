"""The background work of the private side."""

from datetime import date
from uuid import UUID

from fairlead.core.playbook.reader import load_default
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import register, register_outside
from fairlead.people.actors import account_by_mark
from fairlead.private.cases.models import Notice
from fairlead.private.cases.services import case_touched, case_warn
from fairlead.private.preparation.models import Preparation, TalkRequest
from fairlead.private.preparation.selectors import waiting_preparations
from fairlead.private.reminders.sending import send_mail
from fairlead.private.talk.erasure import case_erase_if_due


@register("case_touched")
def touch(row: OutboxRow) -> None:
    """Move the day of erasure after an entry."""
    case_touched(UUID(row.payload["case"]), date.fromisoformat(row.payload["day"]))


@register("case_warn")
def warn(row: OutboxRow) -> None:
    """Tell both that what they never closed is about to be erased."""
    case_warn(UUID(row.payload["case"]), date.fromisoformat(row.payload["day"]))


@register_outside("case_erase")
def erase(row: OutboxRow) -> None:
    """Erase a case whose day has come; its steps commit one by one, so that the key is gone before the rows are."""
    case_erase_if_due(UUID(row.payload["case"]))


def _mail(mark: str, notice_key: str, row: OutboxRow) -> None:
    """Say by mail that something waits: a neutral subject and a link, nothing else."""
    account = account_by_mark(mark)
    if account is None or not account.is_active:
        return
    send_mail(account, subject=load_default().notice(notice_key).neutral_subject, idempotency=row.idempotency)


@register_outside("notice")
def mail_notice(row: OutboxRow) -> None:
    """Mail that a notice waits, unless it has been read meanwhile."""
    notice = Notice.objects.filter(pk=row.payload["notice"], read_at=None).first()
    if notice is not None:
        _mail(notice.mark, notice.key, row)


@register("before_talk_forget")
def forget_before_talk(row: OutboxRow) -> None:
    """Forget that somebody prepared or asked, when a year has gone by; a talk has a day of its own."""
    Preparation.objects.filter(pk=row.payload.get("preparation")).delete()
    TalkRequest.objects.filter(pk=row.payload.get("request")).delete()


@register_outside("talk_nudge")
def mail_nudge(row: OutboxRow) -> None:
    """Remind a manager who prepared and has not begun the talk."""
    waiting = {str(preparation.pk): preparation for preparation in waiting_preparations()}
    preparation = waiting.get(row.payload["preparation"])
    if preparation is not None:
        _mail(preparation.mark, "talk_not_begun", row)


@register_outside("talk_asked")
def mail_request(row: OutboxRow) -> None:
    """Tell a manager that somebody asks for a talk."""
    request = TalkRequest.objects.filter(pk=row.payload["request"]).first()
    if request is not None:
        _mail(request.asked_of, "talk_asked", row)
