"""Reminding: collected to one a day, when it does not disturb, and decided again at the moment it is sent."""

from datetime import datetime, timedelta

from fairlead.core.cadence import Calendar, day_in, moment_on
from fairlead.core.quiet import next_loud_moment
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.outbox.worker import register, register_outside
from fairlead.people.actors import account_by_mark, actor_of
from fairlead.people.holidays import public_holidays
from fairlead.people.models import Account
from fairlead.people.reminding import reached
from fairlead.private.cases.selectors import own_notices
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.selectors import own_checkins
from fairlead.private.reminders.sending import DUE, NOTE, send_chat, send_mail


def _account(row: OutboxRow) -> Account | None:
    account = account_by_mark(row.payload["mark"])
    return account if account is not None and account.is_active else None


def _loud(account: Account, now: datetime) -> datetime:
    how, year = reached(account), now.year
    days_off = public_holidays(account.country, account.region, (year, year + 1)).days
    calendar = Calendar(frozenset(int(day) for day in account.working_week), days_off)
    return next_loud_moment(
        now, zone=account.zone, quiet_from=how.quiet_from, quiet_to=how.quiet_to, calendar=calendar
    )


@register("remind")
def plan_reminder(row: OutboxRow) -> None:
    """Plan the one reminder of a day for somebody, on the first day that has none sent yet."""
    account = _account(row)
    if account is None:
        return
    at = _loud(account, clock.now())
    while True:
        day = day_in(account.zone, at)
        # A keyed hash is as long as a key may be; this much of it still tells everybody apart.
        key = f"remind:{row.payload['mark'][:40]}:{day:%Y%m%d}"
        planned = put("remind_now", key=key, run_after=at, mark=row.payload["mark"])
        if planned.done_at is None and planned.dead_at is None:
            return
        tomorrow = moment_on(day + timedelta(days=1), datetime.min.time(), account.zone)
        at = _loud(account, tomorrow)


def waits_for(account: Account) -> str:
    """Return the neutral words for what waits for somebody now, or an empty text."""
    actor, today = actor_of(account), day_in(account.zone, clock.now())
    planned = (row for row in own_checkins(actor) if row.state == CheckIn.State.PLANNED)
    if any(day_in(account.zone, row.at) <= today for row in planned):
        return DUE
    return NOTE if own_notices(actor) else ""


@register("remind_now")
def remind(row: OutboxRow) -> None:
    """Send what waits now to every place where this person wants to be reminded; nothing, where nothing waits."""
    account = _account(row)
    if account is None or not waits_for(account):
        return
    if (
        _loud(account, clock.now()) > clock.now()
    ):  # the server slept into the quiet hours, or they were changed
        put("remind", mark=row.payload["mark"])
        return
    how, stamp = reached(account), f"{row.payload['mark'][:40]}:{day_in(account.zone, clock.now()):%Y%m%d}"
    planned = [
        put(kind, key=f"{place}:{stamp}", mark=row.payload["mark"])
        for kind, place, wanted in (
            ("remind_mail", "mail", how.by_mail),
            ("remind_chat", "chat", bool(how.chat_url)),
        )
        if wanted
    ]
    if any(one.done_at is not None for one in planned):
        # A reminder of an earlier day came late and took this day's place: what waits has its turn tomorrow.
        put("remind", mark=row.payload["mark"])


@register_outside("remind_mail")
def mail_reminder(row: OutboxRow) -> None:
    """Send the reminder by mail."""
    account = _account(row)
    if account is not None:
        send_mail(account, subject=waits_for(account) or NOTE, idempotency=str(row.pk))


@register_outside("remind_chat")
def chat_reminder(row: OutboxRow) -> None:
    """Send the reminder to the chat."""
    account = _account(row)
    if account is not None:
        send_chat(account, subject=waits_for(account) or NOTE, idempotency=str(row.pk))
