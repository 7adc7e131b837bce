"""Erasing a case on its day: ledger, then key, then rows. Once the key is gone nothing can be read any more."""

from uuid import UUID

from django.db import transaction

from fairlead.foundation import clock
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.vault import erasure
from fairlead.private.cases.models import Case
from fairlead.private.preparation.models import Preparation, TalkRequest


def case_erase_if_due(case_id: UUID) -> bool:
    """Erase a case whose day has come; returns whether it is erased. Safe to repeat, and after a kill half way.

    What stood before the talk goes with it: otherwise Today would ask for a talk that was held long ago.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.erase_on > clock.now().date():
        return case is None
    erasure.begin(case.pk)
    erasure.key_destroyed(case.pk, case.data_key)
    with transaction.atomic():
        marks = list(case.grants.values_list("mark", flat=True))
        Preparation.objects.filter(incident=case.incident, mark__in=marks).delete()
        TalkRequest.objects.filter(incident=case.incident, asked_by__in=marks, asked_of__in=marks).delete()
        case.delete()
        erasure.finish(case_id)
        append(actor=SYSTEM, action="case.erased", subject_type="case", subject=case_id, outcome="done")
    return True
