"""Handing a talk over: asked by the manager, agreed by the engineer, taken by the next manager, all told beforehand."""

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.http import Http404

from fairlead.core.handover import ENGINEERS_OWN, Thing, agreed_to
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Role
from fairlead.foundation import clock
from fairlead.foundation.audit.log import append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault.envelope import new_data_key
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.keys import all_keys_of, seal_anew
from fairlead.private.cases.models import Case, EarlierKey, Grant, Notice
from fairlead.private.cases.notices import notify
from fairlead.private.cases.selectors import led_by, marks_of
from fairlead.private.checkins.planning import replan
from fairlead.private.closure.services import closure_alone
from fairlead.private.formal.models import Packet
from fairlead.private.formal.selectors import packet_of
from fairlead.private.handover.door import Offer
from fairlead.private.handover.giving import rows_that_go_over
from fairlead.private.handover.models import HandOver
from fairlead.private.handover.selectors import UNDER_WAY, given_things, may_be_next, under_way
from fairlead.private.preparation.models import Preparation

_ON_ITS_WAY = "A hand-over is on its way already. Take it back first, or wait for the answer."
_NOT_THEM = "Choose somebody who manages a team of the engineer and does not lead our talk."


def hand_over_ask(
    opened: OpenCase, *, hand_over_id: uuid.UUID, to: Account, offered: Collection[Thing]
) -> HandOver:
    """Ask to hand our talk over, and offer what may go along; the engineer is told and decides. Nothing changes yet.

    The same id twice is one. Raises Refused for somebody who cannot lead it or while another one is on its way,
    NotForYou for the wrong hand.
    """
    opened.must(Act.HAND_OVER)
    with transaction.atomic():
        row, new = _make(opened, hand_over_id, to, agreed_to(offered, offered), HandOver.State.ASKED)
        if new:
            notify(opened.case, opened.other_mark(), "hand_over_asked")
    return row


def next_ask(opened: OpenCase, *, hand_over_id: uuid.UUID, to: Account, gives_account: bool) -> HandOver:
    """Ask somebody to go on, as the engineer, because nobody leads our talk; they are told that they are asked.

    The same id twice is one. Raises Refused while somebody leads it, and as `hand_over_ask` does.
    """
    opened.must(Act.GO_ON)
    with transaction.atomic():
        _refuse_while_led(lock(opened))
        given = ENGINEERS_OWN if gives_account else ()
        row, new = _make(opened, hand_over_id, to, given, HandOver.State.AGREED)
        if new:
            notify(opened.case, row.to, "hand_over_offered")
    return row


def _make(
    opened: OpenCase, hand_over_id: uuid.UUID, to: Account, given: Collection[Thing], state: HandOver.State
) -> tuple[HandOver, bool]:
    """Return the hand-over of this id, and whether it is new."""
    case = lock(opened)
    existing = HandOver.objects.filter(pk=hand_over_id, case=case).first()
    if existing is not None:
        return existing, False
    if under_way(case) is not None:
        raise Refused(_ON_ITS_WAY)
    if not may_be_next(case, mark(to.pk)):
        raise Refused(_NOT_THEM, field="to")
    row = HandOver.objects.create(
        pk=free_id(HandOver, hand_over_id),
        case=case,
        asked_by=opened.role,
        to=mark(to.pk),
        given=",".join(given),
        state=state,
        asked_at=clock.now(),
    )
    record(opened, "hand_over.asked", hand_over=row.pk)
    return row, True


def hand_over_answer(opened: OpenCase, *, agreed: bool, allowed: Collection[Thing]) -> None:
    """Say yes or no to a hand-over, and to what goes along; a yes can be taken back until it is done.

    Only what was offered and is allowed goes over. Raises Refused when nothing is on its way, NotForYou for the wrong
    hand.
    """
    opened.must(Act.GO_ON)
    with transaction.atomic():
        row = under_way(lock(opened))
        if row is None:
            raise Refused("No hand-over waits for your answer.")
        told = Notice.objects.filter(
            case=opened.case, mark=opened.actor.mark, key="hand_over_asked", read_at=None
        )
        told.update(read_at=clock.now())
        if not agreed:
            _off(row, HandOver.State.REFUSED)
            record(opened, "hand_over.refused", hand_over=row.pk)
            notify(opened.case, opened.other_mark(), "hand_over_answered", collected=True)
            return
        if row.state == HandOver.State.AGREED:
            return
        row.given = ",".join(agreed_to(given_things(row), allowed))
        row.state, row.answered_at = HandOver.State.AGREED, clock.now()
        row.save()
        record(opened, "hand_over.agreed", hand_over=row.pk)
        notify(opened.case, opened.other_mark(), "hand_over_answered", collected=True)
        notify(opened.case, row.to, "hand_over_offered")


def hand_over_withdraw(opened: OpenCase) -> None:
    """Take a hand-over back before it is done. Doing it again changes nothing. NotForYou for the wrong hand."""
    opened.must(Act.HAND_OVER)
    with transaction.atomic():
        row = under_way(lock(opened))
        if row is not None:
            _off(row, HandOver.State.WITHDRAWN)
            record(opened, "hand_over.withdrawn", hand_over=row.pk)
            notify(opened.case, opened.other_mark(), "hand_over_off", collected=True)


def _off(row: HandOver, state: HandOver.State) -> None:
    """End a hand-over that is not to be, in the caller's transaction; whoever was asked finds nothing of it."""
    row.state = state
    row.save(update_fields=["state"])
    Notice.objects.filter(case=row.case, mark=row.to, key="hand_over_offered").delete()


def hand_over_decline(offer: Offer) -> None:
    """Say that one cannot go on with it; those who asked are told, and nothing else changes. Raises Http404."""
    with transaction.atomic():
        case, row = _locked(offer)
        _off(row, HandOver.State.DECLINED)
        _on_record(offer, case, "hand_over.declined")
        for one in {marks_of(case)[Role.ENGINEER], *_leader(case)}:
            notify(case, one, "hand_over_off")


def hand_over_take(offer: Offer) -> Case:
    """Take a talk over: one step in which one reading ends, the other begins, and what was given is sealed anew.

    Raises Http404 when it was taken back, closed or erased in the meantime.
    """
    with transaction.atomic():
        case, row = _locked(offer)
        now, before = clock.now(), all_keys_of(case)
        old = led_by(case)
        if old is not None:
            lead_end(case, old)
        key, envelope = new_data_key()
        EarlierKey.objects.create(case=case, data_key=case.data_key, until=now)
        case.data_key = key.pk
        case.save(update_fields=["data_key"])
        for one in rows_that_go_over(case, given_things(row)):
            seal_anew(before, envelope, one)
        Grant.objects.filter(case=case, mark=row.to, role=Role.SECOND_RATER, ends_at__gt=now).update(
            ends_at=now
        )
        Grant.objects.create(case=case, mark=row.to, role=Role.MANAGER, starts_at=now, took_over=True)
        Packet.objects.filter(case=case).update(manager=row.to)
        row.state = HandOver.State.DONE
        row.save(update_fields=["state"])
        Notice.objects.filter(case=case, mark=row.to, read_at=None).update(read_at=now)
        replan(case)
        _on_record(offer, case, "hand_over.done")
        for one in (marks_of(case)[Role.ENGINEER], old.mark if old else ""):
            notify(case, one, "handed_over")
    return case


def lead_end(case: Case, grant: Grant) -> None:
    """End a manager's part in a case, in the caller's transaction: they read no more and are reminded of nothing."""
    grant.ends_at = clock.now()
    grant.save(update_fields=["ends_at"])
    Notice.objects.filter(case=case, mark=grant.mark, read_at=None).update(read_at=grant.ends_at)
    others = Grant.objects.filter(
        mark=grant.mark, role=Role.MANAGER, ends_at=None, case__incident=case.incident
    )
    if not others.exists():
        Preparation.objects.filter(mark=grant.mark, incident=case.incident).delete()


def _leader(case: Case) -> tuple[str, ...]:
    leads = led_by(case)
    return (leads.mark,) if leads else ()


def _locked(offer: Offer) -> tuple[Case, HandOver]:
    """Return the case, locked, and the hand-over as it stands now; whatever changed it meanwhile came first."""
    case = Case.objects.select_for_update().filter(pk=offer.row.case_id).first()
    row = HandOver.objects.filter(pk=offer.row.pk, state=HandOver.State.AGREED).first()
    if case is None or row is None or not may_be_next(case, row.to):
        raise Http404
    return case, row


def _on_record(offer: Offer, case: Case, action: str) -> None:
    append(
        actor=offer.actor.mark,
        action=action,
        subject_type="case",
        subject=case.pk,
        outcome="done",
        detail={"hand_over": offer.row.pk},
    )
    today = clock.now().date()
    put("case_touched", key=f"touched:{case.pk}:{today:%Y%m%d}", case=case.pk, day=today)


def end_alone(opened: OpenCase, *, words: str) -> None:
    """Close our talk as the engineer, because nobody leads it; what is owed to them becomes the organisation's debt.

    Raises Refused while somebody leads it or a formal path is open, NotForYou for the wrong hand.
    """
    opened.must(Act.GO_ON)
    with transaction.atomic():
        case = lock(opened)
        _refuse_while_led(case)
        if packet_of(opened) is not None:
            raise Refused("A formal path is open. Our talk can be closed when that is over.")
        row = under_way(case)
        if row is not None:
            _off(row, HandOver.State.WITHDRAWN)
        closure_alone(replace(opened, case=case), words=words)


def _refuse_while_led(case: Case) -> None:
    if led_by(case) is not None:
        raise Refused("Somebody leads our talk, so this is for the two of you.")


def hand_overs_to(account_mark: str) -> list[HandOver]:
    """Return the hand-overs to somebody that are on their way, for when their places change."""
    return list(HandOver.objects.filter(to=account_mark, state__in=UNDER_WAY).select_related("case"))


def hand_over_lapse(row: HandOver) -> None:
    """End a hand-over in the caller's transaction because whoever was asked cannot lead any more; the two are told."""
    _off(row, HandOver.State.WITHDRAWN)
    for one in {marks_of(row.case)[Role.ENGINEER], *_leader(row.case)}:
        notify(row.case, one, "hand_over_off")
