"""Erasing a case on its day: ledger, then key, then rows. Once the key is gone nothing can be read any more."""

from uuid import UUID

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
    _erase(case)
    return True


def case_erase_again(case_id: UUID) -> None:
    """Erase a case that the ledger knows was erased and a restored backup has brought back; nothing if it has not."""
    case = Case.objects.filter(pk=case_id).first()
    if case is not None and erasure.is_erased(case_id):
        _erase(case)


def _erase(case: Case) -> None:
    case_id = case.pk
    keys = (*case.earlier_keys.values_list("data_key", flat=True), case.data_key)
    with erasure.erasing(case_id, *keys):
        marks = list(case.grants.values_list("mark", flat=True))
        Preparation.objects.filter(incident=case.incident, mark__in=marks).delete()
        TalkRequest.objects.filter(incident=case.incident, asked_by__in=marks, asked_of__in=marks).delete()
        case.delete()
        append(actor=SYSTEM, action="case.erased", subject_type="case", subject=case_id, outcome="done")
