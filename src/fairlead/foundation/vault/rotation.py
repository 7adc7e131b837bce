"""Changing the key that wraps the cases' own keys."""

from django.db import transaction

from fairlead.foundation.vault.belonging import check_key_file
from fairlead.foundation.vault.envelope import unwrap_key, wrap_key
from fairlead.foundation.vault.keys import provider
from fairlead.foundation.vault.models import DataKey


def rotate() -> int:
    """Wrap every data key with the key file's current key; returns how many were wrapped anew.

    `keys.add_key_version` comes first. Each row is its own transaction, so a killed rotation is simply run
    again and goes on where it stopped. Texts and marks stay as they are. Raises SealBroken and KeyFileError.
    """
    check_key_file()  # nothing is wrapped with a new key before the database knows it
    current = provider().keys().current
    done = 0
    older = DataKey.objects.exclude(version=current).order_by("pk")
    for data_key_id in list(older.values_list("pk", flat=True)):
        with transaction.atomic():
            row = DataKey.objects.select_for_update().filter(pk=data_key_id).first()
            if row is None:  # erased in the meantime
                continue
            keys = provider().keys()
            row.wrapped, row.version = wrap_key(keys, row.id, unwrap_key(keys, row)), keys.current
            row.save(update_fields=["wrapped", "version"])
            done += 1
    return done
