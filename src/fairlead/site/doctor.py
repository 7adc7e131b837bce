"""What the doctor looks at: each problem in one sentence, with its mend."""

import json
import shutil
import smtplib
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fairlead.commons.incidents.selectors import unfound_incidents
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.audit.verify import verify
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.queue import standing
from fairlead.foundation.vault import erased_log
from fairlead.foundation.vault.belonging import check_key_file
from fairlead.foundation.vault.keys import KeyFileError, provider
from fairlead.foundation.vault.models import DataKey, ErasureLedger
from fairlead.people.models import Account, Membership, Organisation
from fairlead.site.backup import LAST

ENOUGH_ROOM = 500 * 1024 * 1024
BACKUP_LATE = timedelta(days=7)
JOBS_LATE = timedelta(minutes=5)
CLOCK_GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine when `problem` is empty; `note` is worth knowing either way."""

    what: str
    problem: str = ""
    mend: str = ""
    note: str = ""


def _keys() -> Finding:
    path = Path(settings.FAIRLEAD_KEY_FILE)
    try:
        check_key_file()
    except KeyFileError as error:
        return Finding(
            "keys", str(error), "Put the right key file back from its backup; nothing was changed."
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("keys", f"{path} can be read by others on this machine.", f"chmod 400 {path}")
    return Finding("keys", note=f"{path}, belongs to this database")


def _database() -> Finding:
    try:
        plan = MigrationExecutor(connection)
        waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding("database", f"The database does not answer: {error}.", "Check FAIRLEAD_DATABASE_URL.")
    if waiting:
        return Finding(
            "database",
            f"{len(waiting)} changes of the database wait.",
            "Start `fairlead serve` once; it brings them in.",
        )
    if connection.vendor != "sqlite":
        return Finding("database", note=connection.vendor)
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    safe = (journal, synchronous) in {("delete", 3), ("wal", 2)}
    if not safe:
        return Finding(
            "database",
            f"SQLite runs with journal {journal}, synchronous {synchronous}: a power cut could lose what was saved.",
            "Remove other PRAGMA settings for this database; Fairlead sets its own.",
        )
    return Finding(
        "database", note=f"SQLite {sqlite3.sqlite_version}, journal {journal}, every commit on disk"
    )


def _room() -> Finding:
    free = shutil.disk_usage(settings.FAIRLEAD_DATA).free
    if free < ENOUGH_ROOM:
        return Finding(
            "disk",
            f"Only {free // 1024**2} MB are free in {settings.FAIRLEAD_DATA}.",
            "Make room; saving stops when it is full.",
        )
    return Finding("disk", note=f"{free // 1024**3} GB free")


def _clock() -> Finding:
    now, last = clock.now(), AuditEntry.objects.order_by("-sequence").values_list("at", flat=True).first()
    if last is not None and now < last - CLOCK_GRACE:
        return Finding(
            "clock",
            f"This machine's clock is before the last entry, of {last:%Y-%m-%d %H:%M} UTC.",
            "Set the clock; use NTP.",
        )
    if now < datetime(2026, 1, 1, tzinfo=UTC):
        return Finding("clock", f"This machine believes it is {now:%Y-%m-%d}.", "Set the clock; use NTP.")
    return Finding("clock", note=f"{now:%Y-%m-%d %H:%M} UTC")


def _mail() -> Finding:
    if not settings.FAIRLEAD_MAIL_SET:
        return Finding("mail", note="not set up: people are told inside Fairlead alone (FAIRLEAD_MAIL_URL)")
    try:
        mail = get_connection()
        mail.open()
        mail.close()
    except (OSError, smtplib.SMTPException) as error:
        return Finding(
            "mail",
            f"The mail server {settings.EMAIL_HOST} does not take our mail ({type(error).__name__}).",
            "Check FAIRLEAD_MAIL_URL.",
        )
    return Finding("mail", note=f"{settings.EMAIL_HOST} answers")


def _jobs() -> Finding:
    outbox = standing()
    if outbox.dead:
        return Finding(
            "jobs",
            f"{outbox.dead} pieces of work were given up.",
            "Mend what they needed (often mail), then tell support.",
        )
    if outbox.overdue > JOBS_LATE:
        return Finding(
            "jobs", f"Work has waited for {outbox.overdue.seconds // 60} minutes.", "Start `fairlead serve`."
        )
    return Finding("jobs", note=f"{outbox.waiting} waiting")


def _search() -> Finding:
    missing = len(unfound_incidents(most=1_000))
    coming = OutboxRow.objects.filter(
        kind__in=("search_missing", "commons_changed"), done_at=None, dead_at=None
    )
    if missing and not coming.exists():
        many = "1,000 or more" if missing == 1_000 else str(missing)  # noqa: PLR2004
        return Finding(
            "search", f"{many} incidents cannot be found by their words.", "Run `fairlead reindex`."
        )
    return Finding(
        "search", note=f"{missing} incidents are being indexed" if missing else "everything is found"
    )


def _trail() -> Finding:
    verdict = verify()
    if not verdict.ok:
        return Finding(
            "audit",
            f"The audit trail was changed: {verdict.problem}",
            "Compare it with a backup; keep this database.",
        )
    return Finding("audit", note=f"{verdict.entries} entries, whole")


def _people() -> Finding:
    if not Organisation.objects.exists():
        return Finding("people", "There is no organisation yet.", "Run `fairlead init`.")
    if not Membership.objects.filter(
        kind=Membership.Kind.MANAGER, ended_at=None, account__is_active=True
    ).exists():
        return Finding(
            "people",
            "Nobody manages a team, so no talk can begin.",
            "fairlead user team EMAIL TEAM --manages",
        )
    return Finding("people", note=f"{Account.objects.filter(is_active=True).count()} accounts")


def _address() -> Finding:
    if settings.FAIRLEAD_URL.startswith("http://") and "127.0.0.1" not in settings.FAIRLEAD_URL:
        return Finding(
            "address",
            f"{settings.FAIRLEAD_URL} is not encrypted on the way.",
            "Put a proxy with HTTPS in front and set FAIRLEAD_URL to its https:// address.",
        )
    return Finding("address", note=settings.FAIRLEAD_URL)


def _versions() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        "versions", note=f"Fairlead {version('fairlead')}, Django {version('django')}, Python {python}"
    )


def _rotation() -> Finding:
    older = DataKey.objects.exclude(version=provider().keys().current).count()
    if older:
        return Finding(
            "rotation",
            f"A change of keys was not finished: {older} are wrapped with an older one.",
            "fairlead keys rotate",
        )
    return Finding("rotation", note=f"key {provider().keys().current} wraps everything")


def _backup() -> Finding:
    try:
        last = json.loads((Path(settings.FAIRLEAD_DATA) / LAST).read_text("utf-8"))
        made = datetime.fromisoformat(last["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Finding("backup", note="none was made from here with `fairlead backup`")
    days = (clock.now() - made).days
    if days > BACKUP_LATE.days:
        return Finding("backup", f"The last backup is {days} days old.", "fairlead backup FILE, every night.")
    return Finding("backup", note=f"{last['path']}, {made:%Y-%m-%d %H:%M} UTC")


def _erased() -> Finding:
    logged = {one.subject for one in erased_log.read(settings.FAIRLEAD_ERASED_LOG)}
    ledger = set(ErasureLedger.objects.exclude(stage="begun").values_list("subject", flat=True))
    if ledger - logged:
        return Finding(
            "erased",
            f"{len(ledger - logged)} erasures are not in {settings.FAIRLEAD_ERASED_LOG}: a restore could undo them.",
            "Put the log back from its copy; make a new backup and throw older ones away.",
        )
    return Finding("erased", note=f"{len(ledger)} erasures, all in {settings.FAIRLEAD_ERASED_LOG}")


LOOKS: tuple[Callable[[], Finding], ...] = (
    _database, _keys, _rotation, _backup, _erased, _people, _room, _clock, _mail, _jobs, _search, _trail, _address,
    _versions,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Yield what each look found; a look that fails is a finding of its own, and the others still run."""
    for look in LOOKS:
        try:
            yield look()
        except DatabaseError as error:
            yield Finding(
                look.__name__.strip("_"),
                f"The database cannot be read ({type(error).__name__}).",
                "See above.",
            )
