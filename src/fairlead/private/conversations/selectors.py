"""Reading a case: its texts with their versions, its remarks, and who has read what."""

from dataclasses import dataclass
from datetime import datetime

from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import read_from
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.keys import is_withheld
from fairlead.private.cases.selectors import led_by
from fairlead.private.conversations.models import Reading, Remark, Text, TextVersion
from fairlead.private.conversations.slots import ACCOUNT, MESSAGE, NOTES


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """One version of a text, opened."""

    number: int
    saved_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as it stands; its earlier versions, newest first, only where a page shows them.

    `withheld` is whether it was written before a hand-over and not given to whoever took over; then it has no words.
    """

    slot: str
    words: str
    version: int
    saved_at: datetime | None
    earlier: tuple[ReadVersion, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ReadRemark:
    """A remark, opened."""

    about: str
    subject: str
    role: str
    kind: str
    at: datetime
    words: str


def text_of(opened: OpenCase, slot: str, *, with_history: bool = False) -> ReadText:
    """Return one text; an empty one when nothing was written."""
    text = Text.objects.filter(case=opened.case, slot=slot).first()
    newest_first = text.versions.order_by("-number") if text else TextVersion.objects.none()
    versions = list(newest_first if with_history else newest_first[:1])
    if not versions:
        return ReadText(slot, "", 0, None, ())
    newest = versions[0]
    if is_withheld(opened.envelope, newest, "words"):
        return ReadText(slot, "", newest.number, newest.saved_at, (), withheld=True)
    read = tuple(
        ReadVersion(v.number, v.saved_at, read_from(opened.envelope, v, "words"))
        for v in versions
        if not is_withheld(opened.envelope, v, "words")
    )
    return ReadText(slot, read[0].words, read[0].number, read[0].saved_at, read[1:])


def remarks_of(opened: OpenCase) -> tuple[ReadRemark, ...]:
    """Return all remarks of the case in order; those that were given, for whoever took it over."""
    return tuple(
        ReadRemark(r.about, r.subject, r.role, r.kind, r.at, read_from(opened.envelope, r, "words"))
        for r in Remark.objects.filter(case=opened.case)
        if not is_withheld(opened.envelope, r, "words")
    )


def written_slots(opened: OpenCase) -> frozenset[str]:
    """Return the slots in which anything but blank space stands, also where this person was not given it."""
    texts = (text_of(opened, slot) for slot in (*NOTES, ACCOUNT, MESSAGE))
    return frozenset(text.slot for text in texts if text.withheld or text.words.strip())


def facts_told(opened: OpenCase) -> bool:
    """Tell whether it stands anywhere what happened: in the engineer's account, or in the notes of it."""
    return bool({ACCOUNT, "facts"} & written_slots(opened))


def slots_to_read(role: Role, what: str) -> tuple[str, ...]:
    """Return the places somebody speaks of who says that they have read it: what the other one writes."""
    if what == Reading.What.MESSAGE:
        return (MESSAGE,)
    return NOTES if role is Role.ENGINEER else (ACCOUNT,)


def last_written(opened: OpenCase, slots: tuple[str, ...]) -> datetime | None:
    """Return when anything was last saved in these places, or None."""
    versions = TextVersion.objects.filter(text__case=opened.case, text__slot__in=slots)
    last = versions.order_by("-saved_at").first()
    return last.saved_at if last else None


def _last_read(opened: OpenCase, role: Role, what: str) -> datetime | None:
    last = Reading.objects.filter(case=opened.case, role=role, what=what).order_by("-at").first()
    return last.at if last else None


def has_read_record(opened: OpenCase, role: Role) -> bool:
    """Tell whether this side has read what the other wrote, as it stands now.

    The engineer reads the notes and says so even when there are none; the manager reads the account when there is one.
    Whoever took over has nothing to read of what was written before.
    """
    written = last_written(opened, slots_to_read(role, Reading.What.RECORD))
    read = _last_read(opened, role, Reading.What.RECORD)
    if written is None:
        return role is Role.MANAGER or read is not None
    leads = led_by(opened.case)
    if role is Role.MANAGER and leads is not None and leads.took_over and written < leads.starts_at:
        return True
    return read is not None and read >= written


def has_read_message(opened: OpenCase) -> bool:
    """Tell whether the engineer has read the message as it stands now."""
    written, read = last_written(opened, (MESSAGE,)), _last_read(opened, Role.ENGINEER, Reading.What.MESSAGE)
    return written is not None and read is not None and read >= written
