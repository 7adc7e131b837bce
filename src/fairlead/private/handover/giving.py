"""Which rows go over to a next manager: the promises always, and of what was said before only what both agreed to.

Texts go over as they stand, without their earlier versions. How somebody is never does: neither their words about it
at a check-in nor the notes of the movement that asks.
"""

from collections.abc import Collection, Iterator

from django.db import models

from fairlead.core.handover import Thing
from fairlead.private.cases.models import Case
from fairlead.private.checkins.models import CheckIn, Reply, Signal, Work
from fairlead.private.conversations.models import Remark, TextVersion
from fairlead.private.conversations.slots import ACCOUNT, NOTED, NOTES, SAID, slot_of
from fairlead.private.formal.items import HOW_THEY_ARE
from fairlead.private.promises.models import Promise, PromiseReply
from fairlead.private.walks.models import SecondRating, Walk

_NOTES = tuple(slot for slot in NOTES if slot != HOW_THEY_ARE)


def rows_that_go_over(case: Case, given: Collection[Thing]) -> Iterator[models.Model]:
    """Yield every row that is sealed anew for whoever takes over."""
    yield from Promise.objects.filter(case=case)
    yield from PromiseReply.objects.filter(promise__case=case)
    if Thing.ACCOUNT in given:
        yield from _as_they_stand(case, (ACCOUNT,))
        yield from Remark.objects.filter(case=case, about=Remark.About.TEXT, subject=ACCOUNT)
    if Thing.NOTES in given:
        yield from _as_they_stand(case, _NOTES)
        yield from Remark.objects.filter(case=case, about=Remark.About.TEXT, subject__in=("record", *_NOTES))
    if Thing.TYPE in given:
        yield from _the_type(case)
    if Thing.CHECK_INS in given:
        held = CheckIn.objects.filter(case=case).values_list("pk", flat=True)
        yield from _as_they_stand(case, [slot_of(kind, pk) for pk in held for kind in (SAID, NOTED)])
        yield from Work.objects.filter(checkin__case=case)
    if Thing.SEEN in given:
        yield from Signal.objects.filter(case=case)
        yield from Reply.objects.filter(signal__case=case)


def _as_they_stand(case: Case, slots: Collection[str]) -> Iterator[TextVersion]:
    for slot in slots:
        newest = TextVersion.objects.filter(text__case=case, text__slot=slot).order_by("-number").first()
        if newest is not None:
            yield newest


def _the_type(case: Case) -> Iterator[models.Model]:
    walk = Walk.objects.filter(case=case).order_by("-decided_at", "-id").first()
    if walk is not None:
        yield walk
        yield from SecondRating.objects.filter(walk=walk)
    yield from Remark.objects.filter(case=case, about=Remark.About.WALK)
