"""Looking back: which earlier talks of the same two came about in the same way, and what was delivered since."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import improvements_of
from fairlead.commons.incidents.selectors import mechanism_labels
from fairlead.core.ledger import Promise, Side, State
from fairlead.core.mistake import Answer
from fairlead.core.recurrence import Earlier, Test, six_tests
from fairlead.core.visibility import Act, Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import read_from
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.private.cases.door import OpenCase, open_case
from fairlead.private.cases.models import Case, Grant
from fairlead.private.cases.selectors import marks_of
from fairlead.private.conversations.selectors import ReadText, has_read_record, text_of
from fairlead.private.conversations.slots import ACCOUNT, NOTES
from fairlead.private.promises.models import Promise as PromiseRow
from fairlead.private.promises.selectors import as_entry
from fairlead.private.recurrence.models import Comparison


@dataclass(frozen=True, slots=True)
class Kept:
    """A comparison as it was kept: when, and the manager's words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class LookedBack:
    """An earlier talk as the two may read it now: its words, promises, improvements, and the six tests."""

    case: UUID
    title: str
    held_on: date
    erase_on: date
    account: str
    notes: tuple[ReadText, ...]
    promises: tuple[Promise, ...]
    improvements: tuple[Improvement, ...]
    tests: tuple[Test, ...]
    kept: Kept | None

    @property
    def missed(self) -> tuple[Test, ...]:
        """The tests that are not met."""
        return tuple(test for test in self.tests if test.answer is not Answer.YES)

    @property
    def delivered(self) -> tuple[str, ...]:
        """What was promised to the engineer and came, in the words of the promises."""
        return tuple(
            one.words for one in self.promises if one.owed_by is not Side.ENGINEER and one.state is State.MET
        )


def earlier_mark(case_id: UUID) -> str:
    """Return the keyed hash by which a comparison knows the earlier case."""
    return keyed_hash("recurrence.earlier", case_id.bytes)


def _mechanism(case: Case) -> str:
    return case.incident.mechanism if case.incident else ""


def earlier_cases(opened: OpenCase) -> list[Case]:
    """Return the earlier, unexpired cases of the same two people with the same known mechanism, newest first.

    Only where both hold their grants now: nobody is shown that somebody else once talked with this person. No key is
    unwrapped for it.
    """
    mechanism, now = _mechanism(opened.case), clock.now()
    if not mechanism:
        return []
    marks = marks_of(opened.case)
    held = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    led = held.filter(mark=marks[Role.MANAGER], role=Role.MANAGER).values("case")
    theirs = held.filter(mark=marks[Role.ENGINEER], role=Role.ENGINEER, case__in=led).values("case")
    found = Case.objects.filter(
        pk__in=theirs, opened_at__lt=opened.case.opened_at, erase_on__gte=now.date()
    ).exclude(pk=opened.case.pk)
    return [
        case
        for case in found.select_related("incident").order_by("-opened_at")
        if _mechanism(case) == mechanism
    ]


def _began_again(case: Case) -> datetime:
    """Return the moment up to which deliveries count: when it happened again, or when the talk about it began."""
    started = case.incident.started_at if case.incident else None
    return min(started, case.opened_at) if started else case.opened_at


def _as_it_stood(promise: Promise, settled_at: datetime | None, moment: datetime) -> Promise:
    """Return a promise as it stood at a moment: what was marked kept only afterwards was not kept then."""
    if promise.state is State.MET and (settled_at is None or settled_at > moment):
        return Promise(
            promise.id,
            promise.owed_by,
            promise.written_by,
            promise.words,
            State.ACCEPTED,
            promise.due,
            promise.cadence,
        )
    return promise


def _delivered(improvement: Improvement, day: date) -> bool:
    """Tell whether an improvement was there on a day: proved by then, or called done by then with nothing against it.

    A waiver is a good reason not to do something; it is not a delivery.
    """
    by_proof = improvement.done_by == "proof"
    since = improvement.proved_on if by_proof else improvement.closed_on
    return (
        improvement.standing(day).key == ("done" if by_proof else "called")
        and since is not None
        and since <= day
    )


def _look(now: OpenCase, then: OpenCase) -> LookedBack:
    moment = _began_again(now.case)
    rows = PromiseRow.objects.filter(case=then.case, proposed_at__lte=moment)
    promises = tuple(_as_it_stood(as_entry(then, row), row.settled_at, moment) for row in rows)
    incident = then.case.incident
    improvements = tuple(improvements_of(then.actor, incident)) if incident else ()
    day = moment.astimezone(UTC).date()
    done = [one for one in improvements if _delivered(one, day)]
    talked_at = then.case.talk_ended_at
    held_on = (talked_at or then.case.opened_at).date()
    mechanism = _mechanism(then.case)
    earlier = Earlier(
        mechanism=mechanism,
        mechanism_label=mechanism_labels().get(mechanism, mechanism),
        held_on=held_on,
        had_clear_talk=talked_at is not None
        and talked_at <= moment
        and has_read_record(then, Role.ENGINEER)
        and has_read_record(then, Role.MANAGER),
        promises=promises,
        improvements=len(improvements),
        improvements_done=len(done),
        erase_on=then.case.erase_on,
    )
    tests = six_tests(earlier, mechanism=_mechanism(now.case), today=clock.now().date())
    row = Comparison.objects.filter(case=now.case, earlier=earlier_mark(then.case.pk)).first()
    return LookedBack(
        case=then.case.pk,
        title=incident.title if incident else "an incident",
        held_on=held_on,
        erase_on=then.case.erase_on,
        account=text_of(then, ACCOUNT).words,
        notes=tuple(text for slot in NOTES if (text := text_of(then, slot)).words.strip()),
        promises=promises,
        improvements=improvements,
        tests=tests,
        kept=Kept(row.at, read_from(now.envelope, row, "words")) if row else None,
    )


def look_back(opened: OpenCase) -> tuple[LookedBack, ...]:
    """Return each earlier talk that came about in the same way, read through its own door; both people see that."""
    found = []
    for case in earlier_cases(opened):
        try:
            then = open_case(opened.actor, case.pk, Act.LOOK_BACK)
        except Http404:
            continue  # erased a moment ago, or no longer theirs to read
        found.append(_look(opened, then))
    return tuple(found)


def kept_words(opened: OpenCase) -> tuple[Kept, ...]:
    """Return what was kept about earlier talks that are gone by now; it counts no more."""
    still = {earlier_mark(case.pk) for case in earlier_cases(opened)}
    rows = Comparison.objects.filter(case=opened.case).exclude(earlier__in=still)
    return tuple(Kept(row.at, read_from(opened.envelope, row, "words")) for row in rows)


def shown_by_the_record(opened: OpenCase) -> tuple[Test, ...]:
    """Return the six tests of the kept comparison that meets most of them; empty when none was kept."""
    if not Comparison.objects.filter(case=opened.case).exists():
        return ()
    kept = [one for one in look_back(opened) if one.kept]
    return min(kept, key=lambda one: len(one.missed)).tests if kept else ()
