"""Keeping a look back; its misses become debts of the organisation."""

from uuid import UUID

from django.db import transaction

from fairlead.core.mistake import Answer
from fairlead.core.playbook.reader import load_default
from fairlead.core.recurrence import DEBTS, as_answers, batch_day
from fairlead.core.refusal import Missing, Refused
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import seal_into
from fairlead.foundation.vault.marks import keyed_hash
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.notices import notify
from fairlead.private.conversations.services import refuse_too_long
from fairlead.private.recurrence.filing import file_on
from fairlead.private.recurrence.models import Comparison, Owed
from fairlead.private.recurrence.selectors import earlier_mark, look_back, shown_by_the_record


def comparison_keep(opened: OpenCase, *, earlier: UUID, words: str) -> Comparison:
    """Keep what the look back at an earlier talk showed. The engineer is told; each miss waits for the next batch.

    Keeping it again changes nothing. Raises Refused without words and for a talk that is not there to look back at,
    NotForYou for the wrong hand.
    """
    opened.must(Act.COMPARE)
    refuse_too_long(words)
    if not words.strip():
        raise Refused(
            "Say in a sentence what is the same and what is different. The engineer reads it.", field="words"
        )
    found = next((one for one in look_back(opened) if one.case == earlier), None)
    if found is None:
        raise Refused(
            "This earlier talk is not there to look back at. Nothing was kept; open the page again."
        )
    with transaction.atomic():
        lock(opened)
        existing = Comparison.objects.filter(case=opened.case, earlier=earlier_mark(earlier)).first()
        if existing is not None:
            return existing
        comparison = Comparison(case=opened.case, earlier=earlier_mark(earlier), at=clock.now())
        seal_into(opened.envelope, comparison, words=words.strip())
        comparison.save(force_insert=True)
        source = keyed_hash("recurrence.source", opened.case.pk.bytes)
        misses = [name for name in as_answers(found.tests).missed() if name in DEBTS]
        Owed.objects.bulk_create([Owed(test=name, source=source) for name in misses])
        if misses:
            file_on(batch_day(clock.now().date()))
        record(opened, "comparison.kept")
        notify(opened.case, opened.other_mark(), "looked_back")
    return comparison


def refuse_against_the_record(opened: OpenCase, answers: dict[str, str]) -> None:
    """Raise Refused where an answer about a repeat says more than the record shows.

    Nobody has "again" counted against them while something that was promised to them is missing, or before anybody
    has looked back.
    """
    if answers.get("repeat") != "yes":
        return
    questions = {question.key: question.text for question in load_default().walk.repeat_tests}
    claimed = [key for key in questions if answers.get(key) == "yes"]
    if not claimed:
        return
    shown = {test.name: test for test in shown_by_the_record(opened)}
    if not shown:
        raise Refused(
            "Look back first: open “Did it happen before?” on the page of our talk and keep what it shows. Without an "
            "earlier record the answers about a repeat are “no” or “not known”."
        )
    against = [shown[key] for key in claimed if shown[key].answer is not Answer.YES]
    if against:
        raise Refused(
            "The record shows otherwise, and it counts for the person:",
            missing=tuple(Missing(test.name, f"{questions[test.name]} {test.reason}") for test in against),
        )
