"""Packets made, handed on, replied to, held, withdrawn and erased, while everything is killed at random; prints JSON.

Arguments: "sound", or "planted" for people's steps that are acknowledged before they are done; how many talks; how many
kills at most; the seed. One process does what people do, a second the background work. What a person was told is done
stands in a file of its own, outside of the database; after a kill the step in progress is done once more, as somebody
does who got no answer.
"""

import json
import logging
import os
import random
import signal
import sys
import time
import uuid
from contextlib import suppress
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django is set up first
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.http import Http404  # noqa: E402

from fairlead.core.formal import Act  # noqa: E402
from fairlead.core.visibility import Act as CaseAct  # noqa: E402
from fairlead.foundation import clock  # noqa: E402
from fairlead.foundation.audit.models import AuditEntry  # noqa: E402
from fairlead.foundation.audit.verify import verify  # noqa: E402
from fairlead.foundation.outbox import worker  # noqa: E402
from fairlead.foundation.outbox.models import OutboxRow  # noqa: E402
from fairlead.foundation.outbox.queue import put  # noqa: E402
from fairlead.foundation.vault.models import DataKey, ErasureLedger, ErasureStage  # noqa: E402
from fairlead.private.cases.door import NotForYou, open_case  # noqa: E402
from fairlead.private.cases.models import Case, Notice  # noqa: E402
from fairlead.private.formal.door import open_packet  # noqa: E402
from fairlead.private.formal.holds import hold  # noqa: E402
from fairlead.private.formal.models import Entry, Hold, Packet  # noqa: E402
from fairlead.private.formal.selectors import content_of  # noqa: E402
from fairlead.private.formal.services import escalate, hr_answer, reply, withdraw  # noqa: E402
from tests.cast import cast_of_the_story  # noqa: E402
from tests.private.talks import Talk  # noqa: E402

LEASE = timedelta(seconds=1)
worker.MAX_ATTEMPTS = 10_000  # here it is the drill that kills, not the work
logging.disable(logging.CRITICAL)
mode, count, most_kills, seed = sys.argv[1], *map(int, sys.argv[2:])
chance = random.Random(seed)  # noqa: S311 -- a drill that can be repeated, not a secret
TOLD = settings.FAIRLEAD_DATA / "told"
ENDS = ("stays", "held", "withdrawn", "declined", "case_erased")


def id_of(case, what):
    return uuid.uuid5(case, what)


class Steps:
    """What the three do with one packet, in order; each may have been done already when it is tried again."""

    def __init__(self, cast, case, end):
        self.cast, self.case, self.end, self.packet = cast, case, end, id_of(case, "packet")

    def opened(self, who, act):
        return open_packet(self.cast.actor(who), self.packet, act)

    def names(self):
        if self.end == "declined":
            return ["escalated", "declined"]
        return ["escalated", "accepted", "replied", *[self.end] * (self.end != "stays")]

    def do(self, name):
        with suppress(Http404, NotForYou):  # it was done, and nobody had been told
            getattr(self, f"_{name}")()

    def _escalated(self):
        opened = open_case(self.cast.actor("manager"), self.case, CaseAct.ESCALATE)
        escalate(opened, packet_id=self.packet, hr=self.cast.hr, reasons="It came again.", chosen=["account"])

    def _accepted(self):
        hr_answer(self.opened("hr", Act.ANSWER), takes_it_on=True)

    def _declined(self):
        hr_answer(self.opened("hr", Act.ANSWER), takes_it_on=False)

    def _replied(self):
        reply(self.opened("engineer", Act.REPLY), entry_id=id_of(self.case, "reply"), words="I asked twice.")

    def _held(self):
        until = clock.now().date() + timedelta(days=9)
        hold(
            self.opened("hr", Act.HOLD), hold_id=id_of(self.case, "hold"), until=until, reason="A court asks."
        )

    def _withdrawn(self):
        withdraw(self.opened("manager", Act.WITHDRAW))

    def _case_erased(self):
        with transaction.atomic():
            Case.objects.filter(pk=self.case).update(erase_on=clock.now().date())
            put("case_erase", key=f"drill:{self.case}", case=self.case)


def tell(case, name):
    """Tell a person that a step is done; a power cut takes nothing of it back."""
    handle = os.open(TOLD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{case} {name}\n".encode())
    os.fsync(handle)
    os.close(handle)


def told():
    return set(TOLD.read_text("utf-8").splitlines()) if TOLD.exists() else set()


def people(steps):
    known = told()
    for one in steps:
        for name in one.names():
            if f"{one.case} {name}" in known:
                continue
            if mode == "planted":
                tell(one.case, name)
            one.do(name)
            if mode != "planted":
                tell(one.case, name)
    os._exit(0)


def background():
    while not (TOLD.parent / "all_done").exists() or due():
        if not worker.work_once(limit=10, lease=LEASE):
            time.sleep(0.02)
    os._exit(0)


def due():
    return OutboxRow.objects.filter(done_at=None, dead_at=None, run_after__lte=clock.now()).exists()


def start(what, *given):
    child = os.fork()
    if child:
        return child
    what(*given)
    return None


call_command("migrate", verbosity=0)
cast = cast_of_the_story()
steps = [Steps(cast, Talk(cast).told().case, ENDS[n % len(ENDS)]) for n in range(count)]
connections.close_all()  # a connection must not be shared by the processes
doing = {people: (steps,), background: ()}
running = {what: start(what, *given) for what, given in doing.items()}
kills, began = 0, time.monotonic()
while any(running.values()) and time.monotonic() - began < 280:
    time.sleep(chance.uniform(0.005, 0.06))
    victim = chance.choice(list(doing))
    if kills < most_kills and running[victim]:
        os.kill(running[victim], signal.SIGKILL)
        killed = os.WIFSIGNALED(os.waitpid(running[victim], 0)[1])
        kills += killed
        running[victim] = start(victim, *doing[victim]) if killed else None
    for what, child in running.items():
        if child and os.waitpid(child, os.WNOHANG)[0]:
            running[what] = None
    if not running[people]:
        (TOLD.parent / "all_done").touch()


def look_at(one, known):
    """Return what of one packet was lost although somebody was told that it is done, and what is there twice."""
    done = {name for name in one.names() if f"{one.case} {name}" in known}
    packet = Packet.objects.filter(pk=one.packet).first()
    lost, twice = [], []
    if one.end != "case_erased":
        notices = Notice.objects.filter(
            case=one.case, mark=cast.actor("engineer").mark, key="formal_escalated"
        )
        lost += ["the engineer’s notice"] * ("escalated" in done and not notices.exists())
        twice += ["the engineer’s notice"] * (notices.count() > 1)
    if {"withdrawn", "declined"} & done:
        ended = ErasureLedger.objects.filter(subject=one.packet, stage=ErasureStage.FINISHED).exists()
        rows = AuditEntry.objects.filter(subject=str(one.packet), action="packet.destroyed").count()
        return ["the erasure"] * (packet is not None or not ended), ["the erasure"] * (rows > 1)
    if packet is None:
        return [*lost, *["the packet"] * ("escalated" in done)], twice
    if content_of(one.opened("engineer", Act.READ_PACKET)).items[0].words != "I tried it in the lab.":
        lost.append("the words")
    written = list(Entry.objects.filter(packet=packet).values_list("requirement", flat=True))
    holds = Hold.objects.filter(packet=packet).count()
    for step, there in (
        ("accepted", written.count("hr")),
        ("replied", written.count("reply")),
        ("held", holds),
    ):
        lost += [step] * (step in done and not there)
        twice += [step] * (there > 1)
    lost += ["the case’s erasure"] * ("case_erased" in done and Case.objects.filter(pk=one.case).exists())
    return lost, twice


known = told()
looked = [look_at(one, known) for one in steps]
keys = set(DataKey.objects.values_list("pk", flat=True))
needed = {
    *Case.objects.values_list("data_key", flat=True),
    *Packet.objects.values_list("data_key", flat=True),
}
sys.stdout.write(
    json.dumps(
        {
            "kills": kills,
            "told": len(known) == sum(len(one.names()) for one in steps),
            "lost": [what for lost, _ in looked for what in lost],
            "doubled": [what for _, twice in looked for what in twice],
            "keys_left_over": len(keys - needed),
            "keys_missing": len(needed - keys),
            "chain": verify().ok,
            "left": OutboxRow.objects.filter(done_at=None, run_after__lte=clock.now()).count(),
            "again": OutboxRow.objects.filter(attempts__gt=1).count(),
            "seconds": round(time.monotonic() - began, 1),
        }
    )
)
