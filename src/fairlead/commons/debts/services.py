"""Filing debts, and answering for them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from fairlead.commons.blameless import refuse_people
from fairlead.commons.debts.models import Debt
from fairlead.commons.writing import refuse_readers
from fairlead.core.recurrence import Debt as Owed
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put

LEADERSHIP = "Leadership"  # what is the organisation's to mend begins with an owner above the engineers


def debts_file(owed: Iterable[Owed]) -> None:
    """File a batch, in the caller's transaction: one row for each kind, in the order of the alphabet.

    The order in which they were found is gone, and the trail tells of the batch alone.
    """
    for debt, times in sorted(Counter(owed).items(), key=lambda pair: (pair[0].factor, pair[0].words)):
        refuse_people(words=debt.words)
        Debt.objects.create(factor=debt.factor, words=debt.words, times=times, owner=LEADERSHIP)
    append(actor=SYSTEM, action="debts.filed", subject_type="server", subject="server", outcome="done")


def debt_answer(
    actor: Actor, *, debt_id: UUID, edition: int, owner: str, due_on: date | None, answer: str
) -> Debt:
    """Say who answers for a debt and until when, or what was done about it.

    Raises Refused when somebody else changed it meanwhile or nobody is named, NotYours for somebody who may not write,
    and NamesSomebody.
    """
    refuse_readers(actor)
    if not owner.strip():
        raise Refused("Name the role or the team that answers for it.", field="owner")
    refuse_people(owner=owner, answer=answer)
    with transaction.atomic():
        debt = Debt.objects.select_for_update().get(pk=debt_id)
        if debt.edition != edition:
            raise Refused(
                "Somebody else changed this while you were writing. Your words are still here: compare them with "
                "the page in another tab, then save again.",
                field="edition",
            )
        debt.owner, debt.due_on, debt.answer = owner.strip(), due_on, answer.strip()
        debt.edition += 1
        debt.save()
        append(actor=actor.mark, action="debt.answered", subject_type="debt", subject=debt.pk, outcome="done")
        put("commons_changed", what="debt_answered", debt=debt.pk)
    return debt
