"""Two workers, killed at random, while reminders are planned, collected and mailed; prints what became of them as JSON.

Arguments: "sound", or "planted" for workers that acknowledge before the effect; how many people; how many kills at
most; the seed. A real mail server in this process counts the letters. A letter may arrive twice when its worker dies
between sending and acknowledging; then it carries the same Message-ID, and inside the database nothing is doubled.
"""

import json
import logging
import os
import random
import signal
import sys
import time
import uuid
from collections import Counter, defaultdict
from datetime import timedelta

import django

django.setup()

from aiosmtpd.controller import Controller  # noqa: E402 -- Django is set up first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402

from fairlead.foundation import clock  # noqa: E402
from fairlead.foundation.outbox import worker  # noqa: E402
from fairlead.foundation.outbox.models import OutboxRow  # noqa: E402
from fairlead.foundation.outbox.queue import put  # noqa: E402
from fairlead.foundation.vault.envelope import new_data_key  # noqa: E402
from fairlead.foundation.vault.marks import mark  # noqa: E402
from fairlead.people.models import Account, Organisation, Reminders  # noqa: E402
from fairlead.private.cases.models import Case, Notice  # noqa: E402
from tests.private.letters import Letterbox  # noqa: E402

LEASE = timedelta(seconds=1)
worker.MAX_ATTEMPTS = 10_000  # here it is the drill that kills, not the work
logging.disable(logging.CRITICAL)


def people(count):
    """Make people for whom something waits, who work every day and are never quiet."""
    Organisation.objects.create(pk=1, name="Drill")
    key, _ = new_data_key()
    now = clock.now()
    case = Case.objects.create(data_key=key.pk, playbook="x", opened_at=now, erase_on=now.date())
    accounts = [
        Account(email=f"p{n}@drill.example", name=f"P {n}", working_week="0123456", password="!")
        for n in range(count)
    ]
    Account.objects.bulk_create(accounts)
    midnight = now.time().replace(hour=0, minute=0, second=0, microsecond=0)
    Reminders.objects.bulk_create(
        Reminders(account=account, quiet_from=midnight, quiet_to=midnight) for account in accounts
    )
    marks = [mark(uuid.UUID(str(account.pk))) for account in accounts]
    Notice.objects.bulk_create(Notice(case=case, mark=one, key="signal_noted", made_at=now) for one in marks)
    for one in marks * 3:  # three things happened to each; one letter tells of them
        put("remind", mark=one)


def acknowledge_first(row):
    """The planted mistake: the acknowledgement is committed before the effect."""
    worker._acknowledge(row)
    worker._registered(row.kind).handler(row)


def start_worker():
    child = os.fork()
    if child:
        return child
    while unfinished():
        if not worker.work_once(limit=10, lease=LEASE):
            time.sleep(0.02)
    os._exit(0)


def unfinished():
    return OutboxRow.objects.filter(done_at=None, dead_at=None).exists()


mode, count, most_kills, seed = sys.argv[1], *map(int, sys.argv[2:])
chance = random.Random(seed)  # noqa: S311 -- a drill that can be repeated, not a secret
if mode == "planted":
    worker._do = acknowledge_first
call_command("migrate", verbosity=0)
with transaction.atomic():
    people(count)
connections.close_all()  # a connection must not be shared by the workers
box = Letterbox()
controller = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
controller.start()

workers = [start_worker(), start_worker()]
kills = 0
began = time.monotonic()
while any(workers) and time.monotonic() - began < 270:
    time.sleep(chance.uniform(0.005, 0.05))
    victim = chance.randrange(2)
    if kills < most_kills and workers[victim]:
        os.kill(workers[victim], signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(workers[victim], 0)[1])
        kills += killed
        workers[victim] = start_worker() if killed else None
        continue
    for place, child in enumerate(workers):
        if child and os.waitpid(child, os.WNOHANG)[0]:
            workers[place] = None
controller.stop()

letters = Counter((to[0], letter["Message-ID"]) for to, letter in box.letters)
of_each = defaultdict(set)
for to, message_id in letters:
    of_each[to].add(message_id)
rows = OutboxRow.objects.filter(kind="remind_mail")
sys.stdout.write(
    json.dumps(
        {
            "kills": kills,
            "planned": rows.count(),
            "lost": count - len(of_each),
            "doubled": sum(len(ids) > 1 for ids in of_each.values()),
            "sent_again": sum(times - 1 for times in letters.values()),
            "left": OutboxRow.objects.filter(done_at=None).count(),
            "again": OutboxRow.objects.filter(attempts__gt=1).count(),
            "seconds": round(time.monotonic() - began, 1),
        }
    )
)
