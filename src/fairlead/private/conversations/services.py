"""Writing in a case: texts that nobody overwrites, remarks, readings."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from, seal_into
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.keys import is_withheld
from fairlead.private.cases.notices import notify
from fairlead.private.cases.selectors import led_by, opened_by_others_since
from fairlead.private.conversations.models import Reading, Remark, Text, TextVersion
from fairlead.private.conversations.selectors import last_written, slots_to_read
from fairlead.private.conversations.slots import REMARKED_ON, act_for

LONGEST = 2_000_000  # characters: a megabyte of notes fits, a pasted disk image does not


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save left behind: the version's number, when, and what other pages wrote since the base version."""

    version: int
    saved_at: datetime
    others: tuple[tuple[str, datetime], ...]


def refuse_too_long(words: str) -> None:
    """Raise Refused for a text longer than a case takes."""
    if len(words) > LONGEST:
        raise Refused(
            f"This is {len(words):,} characters; at most {LONGEST:,} fit. Your words are still on this page.",
            field="words",
        )


def text_save(opened: OpenCase, *, slot: str, words: str, sitting: uuid.UUID, edit: int, base: int) -> Saved:
    """Save what one page holds.

    `base` is the version the page began from, `edit` counts the page's saves. The page's own newest version grows in
    place; once another page has written, or somebody else has opened the case, the words go into a version of their
    own, so that nothing anybody read is gone. `others` holds what this page has not seen. A late save with a lower
    `edit` changes nothing. Raises Refused for a text too long or a slot unknown, NotForYou for the wrong hand.
    """
    act = act_for(slot)
    if act is None:
        raise Refused("There is no such place to write.")
    opened.must(act)
    refuse_too_long(words)
    with transaction.atomic():
        lock(opened)
        text, _ = Text.objects.get_or_create(case=opened.case, slot=slot)
        head = text.versions.order_by("-number").first()
        mine = text.versions.filter(sitting=sitting).order_by("-number").first()
        if mine is not None and edit <= mine.edit:
            return Saved(mine.number, mine.saved_at, ())
        unseen = text.versions.filter(number__gt=base).exclude(sitting=sitting)
        others = tuple(
            (read_from(opened.envelope, version, "words"), version.saved_at)
            for version in unseen
            if not is_withheld(opened.envelope, version, "words")
        )
        if (
            mine is None
            or head is None
            or mine.pk != head.pk
            or _handed_over_since(opened, mine.saved_at)
            or opened_by_others_since(opened, mine.saved_at)
        ):
            mine = TextVersion(text=text, sitting=sitting)
        # Each save takes a new number, also where a version grows, so that every page that shows less is told.
        mine.number = head.number + 1 if head else 1
        mine.edit, mine.saved_at = edit, clock.now()
        seal_into(opened.envelope, mine, words=words)
        mine.save()
        record(opened, "text.saved", slot=slot, version=mine.number)
    return Saved(mine.number, mine.saved_at, others)


def _handed_over_since(opened: OpenCase, moment: datetime) -> bool:
    leads = led_by(opened.case)
    return leads is not None and leads.took_over and leads.starts_at >= moment


def remark_add(
    opened: OpenCase, *, remark_id: uuid.UUID, about: str, subject: str, kind: str, words: str
) -> Remark:
    """Add a remark that stands beside what it is about; the other one is told of a contest. The same id twice is one.

    Raises Refused for an empty remark, NotForYou for the wrong hand.
    """
    opened.must(Act.REMARK)
    refuse_too_long(words)
    if not words.strip():
        raise Refused("Write what you want to add, in a sentence or more.", field="words")
    if subject not in REMARKED_ON.get(about, frozenset()):
        raise Refused("There is nothing of that kind here to remark on. Open the page again.")
    with transaction.atomic():
        lock(opened)
        existing = Remark.objects.filter(pk=remark_id, case=opened.case).first()
        if existing is not None:
            return existing
        remark = Remark(
            pk=free_id(Remark, remark_id),
            case=opened.case,
            about=about,
            subject=subject,
            role=opened.role,
            kind=kind,
            at=clock.now(),
        )
        seal_into(opened.envelope, remark, words=words)
        remark.save(force_insert=True)
        record(opened, "remark.added", about=about, kind=kind)
        if kind == Remark.Kind.CONTEST:
            notify(opened.case, opened.other_mark(), "record_contested")
    return remark


def reading_confirm(opened: OpenCase, *, what: str, shown_at: datetime | None = None) -> None:
    """Note that this person has read what the other wrote.

    `shown_at` (UTC) is when the page was made on which they read it; without it they speak of what stands now.
    Raises Refused when it was changed since, NotForYou for the wrong hand.
    """
    opened.must(Act.READ_MESSAGE if what == Reading.What.MESSAGE else Act.READ)
    with transaction.atomic():
        lock(opened)
        written = last_written(opened, slots_to_read(opened.role, what))
        if shown_at is not None and written is not None and written > shown_at:
            raise Refused("It changed while you were reading. Read it as it stands now, then say so again.")
        Reading.objects.create(case=opened.case, role=opened.role, what=what, at=clock.now())
        record(opened, "reading.confirmed", what=what)
