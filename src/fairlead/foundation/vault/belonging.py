"""Does the key file belong to this database? Known values, sealed when the two first met, say so."""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from fairlead.foundation.vault.keys import KeyFileError, Keys, provider
from fairlead.foundation.vault.models import DataKey, KeyCheck

_KNOWN = b"This key file belongs to this database."
_INDEX = "index"
_INDEX_DOMAIN = b"fairlead.keycheck/1\x00index\x00"
_NONCE_BYTES = 12


def check_key_file() -> None:
    """Make sure that the key file is this database's own.

    Called before serving, after migrating and by the doctor. The first time, and for a key version added
    since, the known values are written. A check that exists is never replaced. Raises KeyFileError when the
    file is another database's, older than the database, or cannot be used.
    """
    keys = provider().keys()
    with transaction.atomic():
        checks = {check.name: bytes(check.sealed) for check in KeyCheck.objects.select_for_update()}
        if not checks and DataKey.objects.exists():
            raise _foreign(
                "the database holds sealed cases and no record of the key file they were sealed with"
            )
        if not all(_opens(keys, name, sealed) for name, sealed in checks.items()):
            raise _foreign("the database was sealed with other keys")
        KeyCheck.objects.bulk_create(
            [check for check in _checks_of(keys) if check.name not in checks], ignore_conflicts=True
        )


def _checks_of(keys: Keys) -> list[KeyCheck]:
    checks = [KeyCheck(name=_INDEX, sealed=_index_value(keys))]
    for version, key in keys.wrapping.items():
        nonce = secrets.token_bytes(_NONCE_BYTES)
        name = str(version)
        checks.append(KeyCheck(name=name, sealed=nonce + AESGCM(key).encrypt(nonce, _KNOWN, name.encode())))
    return checks


def _opens(keys: Keys, name: str, sealed: bytes) -> bool:
    if name == _INDEX:
        return hmac.compare_digest(sealed, _index_value(keys))
    try:
        cipher = AESGCM(keys.wrapping[int(name)])
        cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
    except (KeyError, InvalidTag, ValueError):
        return False
    return True


def _index_value(keys: Keys) -> bytes:
    return hmac.digest(keys.index, _INDEX_DOMAIN, "sha256")


def _foreign(why: str) -> KeyFileError:
    return KeyFileError(
        f"The key file does not belong to this database: {why}.",
        "Set FAIRLEAD_KEY_FILE to the file made with this database, or put that file back. "
        "Nothing was changed.",
    )
