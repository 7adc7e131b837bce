"""What can be chosen for a packet, piece by piece.

Never how the engineer is: neither what they say of it at a check-in nor the notes of the movement that asks. What was
answered beside a piece goes along with it, so that nobody is quoted without their answer.
"""

from dataclasses import dataclass

from fairlead.core.packet import Item
from fairlead.core.playbook.reader import load_default
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.selectors import Two, the_two
from fairlead.private.checkins.models import CheckIn
from fairlead.private.checkins.selectors import checkins_of, signals_of
from fairlead.private.conversations.selectors import ReadRemark, remarks_of, text_of
from fairlead.private.conversations.slots import ACCOUNT, NOTED, NOTES, SAID, slot_of
from fairlead.private.promises.selectors import ledger_of
from fairlead.private.walks.selectors import current_walk

HOW_THEY_ARE = "concern"  # the movement that asks how somebody is
_STATES = {
    "proposed": "proposed, not answered",
    "accepted": "accepted by both",
    "declined": "declined",
    "met": "kept",
    "not_met": "not kept",
}


@dataclass(frozen=True, slots=True)
class Choosable:
    """One piece that may be chosen, by its key."""

    key: str
    item: Item


def _day(moment: object) -> str:
    return f"{moment:%-d %B %Y}" if moment else ""


def _beside(remarks: tuple[ReadRemark, ...], two: Two, about: str, *subjects: str) -> tuple[str, ...]:
    return tuple(
        f"{two.then(one.role, one.at)} {'sees it differently' if one.kind == 'contest' else 'adds'}, "
        f"{_day(one.at)}: {one.words}"
        for one in remarks
        if one.about == about and one.subject in subjects
    )


def choosable(opened: OpenCase) -> tuple[Choosable, ...]:
    """Return every piece of our talk that may be chosen, in the order in which people read it."""
    two, remarks = the_two(opened.case), remarks_of(opened)
    return (
        *_texts(opened, two, remarks),
        *_type(opened, two, remarks),
        *_promises(opened, two),
        *_checkins(opened, two),
        *_signals(opened, two),
    )


def _texts(opened: OpenCase, two: Two, remarks: tuple[ReadRemark, ...]) -> list[Choosable]:
    titles = {movement.key: movement.title for movement in load_default().movements}
    places = [(ACCOUNT, "What happened, in the engineer’s words", two.engineer)]
    places += [(slot, f"Notes: {titles[slot]}", "") for slot in NOTES if slot != HOW_THEY_ARE]
    found = []
    for slot, title, by in places:
        text = text_of(opened, slot)
        if text.words.strip():
            beside = _beside(remarks, two, "text", slot, "record")
            found.append(
                Choosable(
                    slot,
                    Item(
                        title,
                        by or two.then("manager", text.saved_at),
                        _day(text.saved_at),
                        text.words,
                        beside,
                    ),
                )
            )
    return found


def _type(opened: OpenCase, two: Two, remarks: tuple[ReadRemark, ...]) -> list[Choosable]:
    walk = current_walk(opened)
    if walk is None or walk.stands is None:
        return []
    title = next(one.title for one in load_default().types if one.number == walk.stands.value)
    words = f"{title}\n\n{walk.content.reasons}"
    beside = _beside(remarks, two, "walk", "type")
    item = Item(
        "What kind of mistake it was",
        two.then("manager", walk.walk.decided_at),
        _day(walk.walk.decided_at),
        words,
        beside,
    )
    return [Choosable("type", item)]


def _promises(opened: OpenCase, two: Two) -> list[Choosable]:
    owed = {"engineer": two.engineer, "manager": two.manager, "organisation": "The organisation"}
    found = []
    for one in ledger_of(opened):
        state = _STATES.get(one.entry.state.value)
        if state is None:
            continue  # withdrawn: nobody stands by it any more
        when = f"by {_day(one.entry.due)}" if one.entry.due else one.entry.cadence
        words = "\n\n".join(
            part for part in (f"{one.entry.words} ({when})", f"It is {state}.", one.evidence) if part
        )
        beside = tuple(f"{two.then(r.role, r.at)}, {_day(r.at)}: {r.words}" for r in one.replies)
        item = Item("A promise", owed[one.entry.owed_by.value], "", words, beside)
        found.append(Choosable(f"promise.{one.entry.id}", item))
    return found


def _checkins(opened: OpenCase, two: Two) -> list[Choosable]:
    found = []
    for row in checkins_of(opened):
        if row.state != CheckIn.State.HELD:
            continue
        for kind, role in ((SAID, "engineer"), (NOTED, "manager")):
            slot = slot_of(kind, row.pk)
            text = text_of(opened, slot)
            words, by = text.words, two.then(role, text.saved_at)
            if words.strip():
                found.append(Choosable(slot, Item("At a check-in", by, _day(row.day), words)))
    return found


def _signals(opened: OpenCase, two: Two) -> list[Choosable]:
    return [
        Choosable(
            f"signal.{one.id}",
            Item(
                f"Seen: {one.kind.title}",
                two.then(one.role, one.noted_at),
                _day(one.seen_on),
                one.words,
                tuple(f"{two.then(r.role, r.at)}, {_day(r.at)}: {r.words}" for r in one.replies),
            ),
        )
        for one in signals_of(opened)
    ]
