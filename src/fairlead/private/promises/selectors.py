"""Reading the ledger."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fairlead.core.ledger import Action, Side, State, decide, waiting_for
from fairlead.core.ledger import Promise as Entry
from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import read_from
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.keys import is_withheld
from fairlead.private.promises.models import Promise

SIDE = {Role.MANAGER: Side.MANAGER, Role.ENGINEER: Side.ENGINEER}
_OFFERED = (Action.ACCEPT, Action.DECLINE, Action.WITHDRAW, Action.REPLACE)


@dataclass(frozen=True, slots=True)
class ReadReply:
    """An answer beside a promise, opened."""

    role: Role
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ReadPromise:
    """A promise, opened, with what this person may do with it now."""

    entry: Entry
    evidence: str
    mine_to_answer: bool
    offered: tuple[str, ...]
    replies: tuple[ReadReply, ...]


def as_entry(opened: OpenCase, promise: Promise) -> Entry:
    """Return a promise as the deciding functions take it."""
    return Entry(
        id=str(promise.pk),
        owed_by=Side(promise.owed_by),
        written_by=Side(promise.written_by),
        words=read_from(opened.envelope, promise, "words"),
        state=State(promise.state),
        due=promise.due_on,
        cadence=read_from(opened.envelope, promise, "cadence"),
    )


def entries_of(opened: OpenCase) -> tuple[Entry, ...]:
    """Return all promises of the case as values, in the order they were made."""
    return tuple(as_entry(opened, promise) for promise in Promise.objects.filter(case=opened.case))


def ledger_of(opened: OpenCase) -> tuple[ReadPromise, ...]:
    """Return the ledger as this person sees it, with what was withdrawn: nothing kept is out of sight."""
    side = SIDE[opened.role]
    read = []
    for promise in Promise.objects.filter(case=opened.case).prefetch_related("replies"):
        entry = as_entry(opened, promise)
        read.append(
            ReadPromise(
                entry=entry,
                evidence=read_from(opened.envelope, promise, "evidence"),
                mine_to_answer=entry.state is State.PROPOSED and waiting_for(entry) is side,
                offered=tuple(action.value for action in _OFFERED if decide(action, side, entry).allowed),
                replies=tuple(
                    ReadReply(Role(one.role), one.at, read_from(opened.envelope, one, "words"))
                    for one in promise.replies.all()
                    if not is_withheld(opened.envelope, one, "words")
                ),
            )
        )
    return tuple(read)


def promise_get(opened: OpenCase, promise_id: UUID) -> Promise | None:
    """Return a promise of this case, or None."""
    return Promise.objects.filter(pk=promise_id, case=opened.case).first()
