"""The keys a case is read with: one, until it is handed over; then a new one, which alone the next manager gets.

What goes over is sealed anew with the new key when the next manager takes over. All else stays sealed with the earlier
one, and no page can forget to leave it out: it does not open.
"""

from collections.abc import Sequence

from django.db import models

from fairlead.foundation.vault.envelope import Envelope, SealBroken, unwrap
from fairlead.foundation.vault.fields import read_from, seal_into
from fairlead.private.cases.models import Case, EarlierKey, Grant


class Envelopes(Envelope):
    """Several keys as one: the newest seals, whichever fits opens."""

    __slots__ = ("_all",)

    def __init__(self, newest: Envelope, earlier: Sequence[Envelope]) -> None:
        self.data_key_id, self._all = newest.data_key_id, (newest, *earlier)

    def seal_bytes(self, content: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return content sealed with the newest key."""
        return self._all[0].seal_bytes(content, table=table, row=row, field=field)

    def open_bytes(self, blob: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return what is sealed with any of the keys; raises SealBroken where none fits."""
        for one in self._all[:-1]:
            try:
                return one.open_bytes(blob, table=table, row=row, field=field)
            except SealBroken:
                continue
        return self._all[-1].open_bytes(blob, table=table, row=row, field=field)


class SinceTheHandOver(Envelope):
    """The newest key alone, for whoever took over: what was not given to them reads as if nothing were written."""

    __slots__ = ("newest",)

    def __init__(self, newest: Envelope) -> None:
        self.data_key_id, self.newest = newest.data_key_id, newest

    def seal_bytes(self, content: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return content sealed with the newest key."""
        return self.newest.seal_bytes(content, table=table, row=row, field=field)

    def open_bytes(self, blob: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return what is sealed with the newest key, and nothing for the rest."""
        try:
            return self.newest.open_bytes(blob, table=table, row=row, field=field)
        except SealBroken:
            return b""


def envelope_for(grant: Grant) -> Envelope:
    """Return what somebody with this grant reads the case with; the caller has committed the audit row.

    Raises DataKeyGone, SealBroken and KeyFileError.
    """
    newest = unwrap(grant.case.data_key)
    keys = EarlierKey.objects.filter(case=grant.case).order_by("-until", "-id")
    earlier = list(keys.values_list("data_key", flat=True))
    if not earlier:
        return newest
    if grant.took_over:
        return SinceTheHandOver(newest)
    return Envelopes(newest, [unwrap(key) for key in earlier])


def all_keys_of(case: Case) -> Envelope:
    """Return every key of a case, for handing over what both agreed to give; nobody reads with it."""
    return envelope_for(Grant(case=case))


def is_withheld(envelope: Envelope, row: models.Model, field: str) -> bool:
    """Tell whether a text stands there that whoever took over was not given."""
    if not isinstance(envelope, SinceTheHandOver):
        return False
    try:
        read_from(envelope.newest, row, field)
    except SealBroken:
        return True
    return False


def seal_anew(old: Envelope, new: Envelope, row: models.Model) -> None:
    """Seal every text of a row anew, so that it opens with the new key alone."""
    fields = [
        field.name
        for field in row._meta.get_fields()  # noqa: SLF001 - Django's documented way to look at a model
        if getattr(field, "sealed", False) and getattr(row, field.name) is not None
    ]
    for field in fields:
        seal_into(new, row, **{field: read_from(old, row, field)})
    row.save(update_fields=fields)
