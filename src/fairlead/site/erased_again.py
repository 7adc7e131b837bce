"""Erasing again what an older database brings back: what was erased stays erased, however that database came here."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from fairlead.foundation.vault import erased_log, erasure
from fairlead.foundation.vault.models import DataKey
from fairlead.private.formal.erasure import packet_destroy_again
from fairlead.private.talk.erasure import case_erase_again
from fairlead.sources.records.services import source_erase_again


def erase_again(log: Iterable[erased_log.Erased]) -> int:
    """Erase what a log says was erased, and what was being erased in that moment; returns how much was there again."""
    done = 0
    for one in log:
        erasure.begin(one.subject)
        there = DataKey.objects.filter(pk=one.key).exists()
        erasure.key_destroyed(one.subject, one.key)
        _rows_again(one.subject)
        done += there
    for entry in erasure.unfinished():
        _rows_again(entry.subject)
    return done


def erase_what_came_back() -> int:
    """Erase again whatever has a key here and stands in the log beside this database, before anything is served."""
    log = erased_log.read(settings.FAIRLEAD_ERASED_LOG)
    there = set(DataKey.objects.filter(pk__in={one.key for one in log}).values_list("pk", flat=True))
    return erase_again([one for one in log if one.key in there])


def _rows_again(subject: UUID) -> None:
    case_erase_again(subject)
    source_erase_again(subject)
    packet_destroy_again(subject)
