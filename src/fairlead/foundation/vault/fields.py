"""Sealed fields: private text in a model, found by introspection and readable only through an envelope."""

from typing import Any

from django.db import models

from fairlead.foundation.vault.envelope import Envelope


class SealedField(models.BinaryField):
    """A field of private text.

    Its value in Python is ciphertext (`bytes`), or None when nothing was written yet. `sealed` marks it, so
    that sweeps and tests find every private field by looking at the models.
    """

    sealed = True

    def from_db_value(self, value: Any, expression: object, connection: object) -> bytes | None:
        """PostgreSQL hands out views of memory; both databases give bytes here."""
        return None if value is None else bytes(value)


def seal_into(envelope: Envelope, instance: models.Model, **texts: str | bytes) -> None:
    """Set each named sealed field of `instance` to its text, sealed for this row; the caller saves.

    A file is given as bytes and read back with `bytes_from`. The place a text is bound to is the model's label,
    the row's primary key and the field's name: renaming any of them in a migration means sealing anew. Raises
    ValueError for a row without a primary key, TypeError for a field that is not sealed.
    """
    for field, text in texts.items():
        seal = envelope.seal if isinstance(text, str) else envelope.seal_bytes
        setattr(instance, field, seal(text, **_place(instance, field)))


def read_from(envelope: Envelope, instance: models.Model, field: str) -> str:
    """Return the text of a sealed field, and an empty text where nothing was ever written.

    Raises SealBroken, and like `seal_into` ValueError and TypeError.
    """
    place = _place(instance, field)
    blob = getattr(instance, field)
    return "" if blob is None else envelope.open(blob, **place)


def bytes_from(envelope: Envelope, instance: models.Model, field: str) -> bytes:
    """Return the content of a sealed field byte for byte; raises what `read_from` does."""
    place = _place(instance, field)
    blob = getattr(instance, field)
    return b"" if blob is None else envelope.open_bytes(blob, **place)


def _place(instance: models.Model, field: str) -> dict[str, str]:
    meta = instance._meta.concrete_model._meta  # noqa: SLF001 -- Django's documented way to look at a model
    if not getattr(meta.get_field(field), "sealed", False):
        raise TypeError(f"{meta.label}.{field} is not a sealed field.")
    if instance.pk is None:
        raise ValueError("A row needs its id before a text is sealed for it.")
    # An id may have been given as text; only its canonical spelling names the place.
    return {"table": meta.label_lower, "row": str(meta.pk.to_python(instance.pk)), "field": field}
