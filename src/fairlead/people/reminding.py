"""How somebody wants to be reminded: read, changed, and the way into their calendar."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.marks import mark
from fairlead.foundation.vault.secrets import open_secret, seal_secret
from fairlead.people.holidays import regions
from fairlead.people.models import Account, Reminders
from fairlead.people.services import refuse_zone

_CHAT = "chat webhook"


@dataclass(frozen=True, slots=True)
class Reached:
    """How somebody is reached, opened: `chat_url` is empty where they want no chat."""

    by_mail: bool
    chat_url: str
    quiet_from: time
    quiet_to: time
    has_calendar: bool
    mail_refused_at: datetime | None


def reached(account: Account) -> Reached:
    """Return how this person is reminded."""
    row = Reminders.objects.filter(account=account).first() or Reminders(account=account)
    chat_url = open_secret(row.chat_url, purpose=_CHAT) if row.chat_url else ""
    return Reached(
        row.by_mail, chat_url, row.quiet_from, row.quiet_to, row.calendar is not None, row.mail_refused_at
    )


def _record(account: Account, action: str) -> None:
    append(actor=mark(account.pk), action=action, subject_type="account", subject=account.pk, outcome="done")
    put("people_changed", what=action, subject=str(account.pk))


def working_times_set(
    account: Account, *, zone: str, working_week: Iterable[int], country: str, region: str
) -> None:
    """Keep when and where somebody works. Raises Refused for a wrong zone, an empty week, an unknown country."""
    refuse_zone(zone)
    week = "".join(str(day) for day in sorted(set(working_week)))
    if not week or not set(week) <= set("0123456"):
        raise Refused("Choose at least one day on which you work.", field="working_week")
    if country and country not in regions():
        raise Refused(f"The public holidays of {country} are not known here.", field="country")
    if region and region not in regions().get(country, ()):
        known = ", ".join(regions().get(country, ())) or "none"
        raise Refused(f"{region} is not a region of {country}. Known are: {known}.", field="region")
    with transaction.atomic():
        account.zone, account.working_week = zone, week
        account.country, account.region = country, region
        account.save(update_fields=["zone", "working_week", "country", "region"])
        _record(account, "working_times.set")


def reminders_set(
    account: Account, *, by_mail: bool, chat_url: str, quiet_from: time, quiet_to: time
) -> None:
    """Keep how somebody wants to be reminded. The address of a chat is checked when it is used and when it is typed."""
    with transaction.atomic():
        Reminders.objects.update_or_create(
            account=account,
            defaults={
                "by_mail": by_mail,
                "chat_url": seal_secret(chat_url, purpose=_CHAT) if chat_url else "",
                "quiet_from": quiet_from,
                "quiet_to": quiet_to,
            },
        )
        _record(account, "reminders.set")


def preferences_set(
    account: Account,
    *,
    zone: str,
    working_week: Iterable[int],
    country: str,
    region: str,
    by_mail: bool,
    chat_url: str,
    quiet_from: time,
    quiet_to: time,
) -> None:
    """Keep both, when somebody works and how they are reminded, or neither. Raises Refused."""
    with transaction.atomic():
        working_times_set(account, zone=zone, working_week=working_week, country=country, region=region)
        reminders_set(account, by_mail=by_mail, chat_url=chat_url, quiet_from=quiet_from, quiet_to=quiet_to)


def calendar_open(account: Account) -> str:
    """Make a way into this person's calendar, and return its secret; an earlier way ends. It is never shown again."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Reminders.objects.update_or_create(account=account, defaults={"calendar": _hashed(token)})
        _record(account, "calendar.opened")
    return token


def calendar_close(account: Account) -> None:
    """End the way into this person's calendar: its address then leads nowhere."""
    with transaction.atomic():
        Reminders.objects.filter(account=account).update(calendar=None)
        _record(account, "calendar.closed")


def account_of_calendar(token: str) -> Account | None:
    """Return whose calendar a secret opens, or None."""
    row = Reminders.objects.select_related("account").filter(calendar=_hashed(token)).first()
    return row.account if row is not None and row.account.is_active else None


def _hashed(token: str) -> str:
    # 256 random bits cannot be guessed, so a plain hash keeps the secret as well as a slow one would.
    return hashlib.sha256(token.encode()).hexdigest()


def mail_noted(account: Account, *, refused: bool) -> None:
    """Note that a mail server refused this person's address for good, or that mail has arrived since."""
    at = clock.now() if refused else None
    if refused:
        Reminders.objects.update_or_create(account=account, defaults={"mail_refused_at": at})
    else:
        Reminders.objects.filter(account=account).exclude(mail_refused_at=None).update(mail_refused_at=None)
