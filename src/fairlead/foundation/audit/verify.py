"""Checking the audit trail: edits, deletions, insertions, reorders and cut tails all show."""

from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Subquery

from fairlead.foundation.audit.chain import EMPTY, Head
from fairlead.foundation.audit.log import head
from fairlead.foundation.audit.models import AuditEntry, AuditHead

_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: is the trail whole, how many entries hold, and what is wrong in one sentence."""

    ok: bool
    entries: int
    problem: str = ""


class _Broken(Exception):  # noqa: N818 -- carries a sentence from where it is found to where it is returned
    pass


def verify(kept: Head | None = None) -> Verdict:
    """Check the whole trail, and that it still contains `kept`, a head that was stored in a second place.

    Without `kept`, somebody who can write to the database could rebuild a shorter chain unseen. Entries
    written while this runs are checked too. It reads in pages, so that writers are never kept waiting for
    long.
    """
    done = EMPTY
    try:
        while True:
            page = _page_from(done)
            known = 0 if done == EMPTY else 1  # a later page begins with the last entry of the one before
            for entry in page[known:]:
                done = _next(done, entry, kept)
            if len(page) < _PAGE:
                break
        _check_end(done, page, kept)
    except _Broken as broken:
        return Verdict(ok=False, entries=done.sequence, problem=str(broken))
    return Verdict(ok=True, entries=done.sequence)


def _page_from(done: Head) -> list[AuditEntry]:
    """Read entries from the last checked one on, with the head as the same statement sees it.

    One statement is one snapshot, so entries that are written meanwhile cannot look like a wrong head.
    """
    the_head = AuditHead.objects.all()
    found = AuditEntry.objects.order_by("sequence").annotate(
        head_sequence=Subquery(the_head.values("sequence")[:1]),
        head_hash=Subquery(the_head.values("hash")[:1]),
    )
    if done != EMPTY:
        found = found.filter(sequence__gte=done.sequence)
    try:
        return list(found[:_PAGE])
    except (ValueError, TypeError, DatabaseError):
        raise _Broken(f"An entry after {done.sequence} cannot be read.") from None


def _next(done: Head, entry: AuditEntry, kept: Head | None) -> Head:
    if entry.sequence != done.sequence + 1:
        raise _Broken(
            f"After entry {done.sequence} comes {entry.sequence}: entries are missing, added or moved."
        )
    try:
        whole = entry.previous_hash == done.hash and entry.hash == entry.expected_hash()
    except (ValueError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise _Broken(f"Entry {entry.sequence} was changed.")
    if kept is not None and kept.sequence == entry.sequence and kept.hash != entry.hash:
        raise _Broken(f"Entry {entry.sequence} is not the one that was known: the trail was written anew.")
    return Head(sequence=entry.sequence, hash=entry.hash)


def _check_end(done: Head, page: list[AuditEntry], kept: Head | None) -> None:
    if kept is not None and kept.sequence > done.sequence:
        raise _Broken(
            f"Its tail is cut: entry {kept.sequence} was known and the last one is {done.sequence}."
        )
    if page:
        named = Head(sequence=page[-1].head_sequence, hash=page[-1].head_hash)  # pyright: ignore[reportAttributeAccessIssue] -- annotated above
    else:
        named = head()
        if AuditEntry.objects.exists():  # the first one was written between the two reads
            return
    if named != done:
        raise _Broken(
            f"Its tail does not fit: the head names entry {named.sequence} and the last is {done.sequence}."
        )
