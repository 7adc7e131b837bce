"""Two workers, killed at random, on the database of the environment; prints what became of the work as JSON.

Arguments: "sound", or "planted" for workers that acknowledge before the effect; how many pieces of work; how
many kills at most; the seed. Work is done by inserting its id into a table without any uniqueness, so that a
repetition shows.
"""

import json
import logging
import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402 -- Django is set up first

from fairlead.foundation.outbox import worker  # noqa: E402
from fairlead.foundation.outbox.models import OutboxRow  # noqa: E402
from fairlead.foundation.outbox.queue import put  # noqa: E402

LEASE = timedelta(seconds=1)
logging.disable(logging.CRITICAL)


@worker.register("drill.count")
def count(row):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (row_id) VALUES (%s)", [str(row.id)])


def acknowledge_first(row):
    """The planted mistake: the acknowledgement is committed before the effect."""
    worker._acknowledge(row)
    with transaction.atomic():
        count(row)


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


mode, jobs, most_kills, seed = sys.argv[1], *map(int, sys.argv[2:])
chance = random.Random(seed)  # noqa: S311 -- a drill that can be repeated, not a secret
if mode == "planted":
    worker._do = acknowledge_first
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE effects (row_id varchar(36))")
with transaction.atomic():
    ids = {str(put("drill.count", number=number).id) for number in range(jobs)}
connections.close_all()  # a connection must not be shared by the workers

workers = [start_worker(), start_worker()]
kills = 0
began = time.monotonic()
while any(workers) and time.monotonic() - began < 240:
    time.sleep(chance.uniform(0.005, 0.06))
    victim = chance.randrange(2)
    if kills < most_kills and workers[victim]:
        os.kill(workers[victim], signal.SIGKILL)
        status = os.waitpid(workers[victim], 0)[1]
        killed = os.WIFSIGNALED(status)  # it may have come to the end of the work by itself just before
        kills += killed
        workers[victim] = start_worker() if killed else None
        continue
    for place, child in enumerate(workers):
        if child and os.waitpid(child, os.WNOHANG)[0]:
            workers[place] = None

with connection.cursor() as cursor:
    cursor.execute("SELECT row_id, count(*) FROM effects GROUP BY row_id")
    seen = dict(cursor.fetchall())
sys.stdout.write(
    json.dumps(
        {
            "kills": kills,
            "done": OutboxRow.objects.exclude(done_at=None).count(),
            "lost": len(ids - seen.keys()),
            "doubled": sum(times > 1 for times in seen.values()),
            "again": OutboxRow.objects.filter(attempts__gt=1).count(),
            "seconds": round(time.monotonic() - began, 1),
        }
    )
)
