"""Erasing a case on its day: ledger, then key, then rows. Once the key is gone nothing can be read any more."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import transaction

from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.outbox.queue import put
from fairlead.foundation.vault import erasure
from fairlead.private.cases.models import Case


def plan_erasure(case_id: UUID, day: date) -> None:
    """Plan the erasure for a day, in the caller's transaction; an earlier plan that came too soon does nothing then."""
    at = datetime.combine(day, time(0), UTC)
    put("case_erase", run_after=at, key=f"erase:{case_id}:{day:%Y%m%d}", case=case_id)


def case_erase_if_due(case_id: UUID) -> bool:
    """Erase a case whose day has come; returns whether it is erased. Safe to repeat, and after a kill half way."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.erase_on > clock.now().date():
        return case is None
    erasure.begin(case.pk)
    erasure.key_destroyed(case.pk, case.data_key)
    with transaction.atomic():
        case.delete()
        erasure.finish(case_id)
        append(actor=SYSTEM, action="case.erased", subject_type="case", subject=case_id, outcome="done")
    return True
