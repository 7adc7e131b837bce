"""Whether it can be closed, what is put into the words, and what was said."""

from dataclasses import dataclass
from datetime import date, datetime

from fairlead.core.cadence import phase_on
from fairlead.core.closure import (
    CLOSED_ALONE,
    ClosureFacts,
    Spoken,
    erased_on,
    missing_to_offer,
    spoken_statement,
)
from fairlead.core.ledger import Side, State
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import CaseState
from fairlead.foundation.vault.fields import read_from
from fairlead.people.selectors import organisation
from fairlead.private.cases.door import OpenCase
from fairlead.private.checkins.facts import cadence_of, facts_of
from fairlead.private.checkins.models import CheckIn, Work
from fairlead.private.checkins.selectors import checkins_of, next_checkin, signals_of
from fairlead.private.closure.models import Closure, Excused, PassedOn
from fairlead.private.conversations.selectors import text_of
from fairlead.private.conversations.slots import GROWTH
from fairlead.private.promises.selectors import entries_of

_YES = frozenset({Closure.Answer.CLOSED, Closure.Answer.DIFFERENTLY})
_WHOSE_NEED = frozenset({"growth", "own_promise"})  # what the page of the closure is there to settle


@dataclass(frozen=True, slots=True)
class Said:
    """The closure as it was said, opened, and what the engineer answered."""

    said_at: datetime
    statement: str
    answer: str
    answered_at: datetime | None
    words: str
    closed_on: date | None
    alone: bool = False  # by the engineer, because nobody led it


def said(opened: OpenCase) -> Said | None:
    """Return what was said aloud, or None."""
    row = Closure.objects.filter(case=opened.case).first()
    if row is None:
        return None
    statement = read_from(opened.envelope, row, "statement")
    return Said(
        row.said_at,
        statement,
        row.answer,
        row.answered_at,
        read_from(opened.envelope, row, "words"),
        row.closed_on,
        statement == CLOSED_ALONE,
    )


def open_checkins(opened: OpenCase) -> list[CheckIn]:
    """Return the check-ins whose day has passed and which were neither held, nor caught up, nor excused."""
    rows, today = checkins_of(opened), facts_of(opened.case).today
    held = [row.at for row in rows if row.state == CheckIn.State.HELD]
    last_held = max(held, default=None)
    excused = set(Excused.objects.filter(checkin__case=opened.case).values_list("checkin", flat=True))
    return [
        row
        for row in rows
        if row.state != CheckIn.State.HELD
        and row.day < today
        and (last_held is None or row.at > last_held)
        and row.pk not in excused
    ]


def passed_on(opened: OpenCase) -> dict[str, str]:
    """Return how far each promise has come on its way to the organisation, by its id."""
    rows = PassedOn.objects.filter(promise__case=opened.case).values_list("promise", "state")
    return {str(promise): state for promise, state in rows}


def closure_facts(opened: OpenCase) -> ClosureFacts:
    """Return what is known before it is closed."""
    row = Closure.objects.filter(case=opened.case).first()
    held = CheckIn.objects.filter(case=opened.case, state=CheckIn.State.HELD).count()
    agreed = {one for one, state in passed_on(opened).items() if state == PassedOn.State.AGREED}
    return ClosureFacts(
        agreed=opened.case.state != CaseState.OPEN,
        check_ins_held=held,
        check_ins_open=len(open_checkins(opened)),
        promises=entries_of(opened),
        debts=frozenset(agreed),
        growth=text_of(opened, GROWTH).words,
        said_aloud=row is not None and row.answer != Closure.Answer.NOT_YET,
        acknowledged=row is not None and row.answer in _YES,
    )


def is_due(opened: OpenCase) -> bool:
    """Tell whether it is time to think of closing: the last phase has begun, or no check-in is to come.

    Nothing may be in the way that the page of the closure is not there to settle.
    """
    facts = closure_facts(opened)
    if not facts.agreed or any(one.code not in _WHOSE_NEED for one in missing_to_offer(facts)):
        return False
    days, cadence = facts_of(opened.case), cadence_of(opened.case)
    return next_checkin(opened) is None or (
        phase_on(cadence, days.follow_up.talk_on, days.today).key == cadence[-1].key
    )


def erased_if_closed_now(opened: OpenCase) -> date:
    """Return the day of erasure if it were closed today."""
    return erased_on(facts_of(opened.case).today, organisation().erase_after_months)


def draft(opened: OpenCase) -> str:
    """Return words to say, made of what was recorded; the manager makes them their own."""
    lines = tuple(line.text for line in load_default().closure.lines)
    return "\n\n".join(spoken_statement(_spoken(opened), lines))


def _spoken(opened: OpenCase) -> Spoken:
    facts = closure_facts(opened)
    met = [one for one in facts.promises if one.state is State.MET]
    good = {kind.key for kind in load_default().signals if kind.direction == "good"}
    given = Work.objects.filter(checkin__case=opened.case, given=Work.Given.YES)
    work = (read_from(opened.envelope, one, "words").strip() for one in given)
    return Spoken(
        growth=facts.growth,
        kept_by_engineer=tuple(one.words for one in met if one.owed_by is Side.ENGINEER),
        kept_for_engineer=tuple(one.words for one in met if one.owed_by is not Side.ENGINEER),
        debts=tuple(one.words for one in facts.promises if one.id in facts.debts),
        erased_on=erased_if_closed_now(opened),
        work=tuple(dict.fromkeys(one for one in work if one)),
        seen=tuple(
            one.words.strip() for one in signals_of(opened) if one.kind.key in good and one.words.strip()
        ),
    )
