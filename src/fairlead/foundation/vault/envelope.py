"""Envelopes: each case's texts are sealed with the case's own key, which is wrapped by the key file's.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The associated data binds every sealed text to its
key, table, row, field and format version, so that one moved elsewhere does not open.
"""

import json
import secrets
from typing import NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from fairlead.foundation import clock
from fairlead.foundation.vault.keys import KEY_BYTES, Keys, provider
from fairlead.foundation.vault.models import DataKey

_NONCE_BYTES = 12
_TAG_BYTES = 16
_SEAL_FORMAT = "fairlead.seal/1"
_WRAP_FORMAT = "fairlead.datakey/1"
_SEAL_VERSION = b"\x01"
# The length of a ciphertext is the length of its text. Answers such as "yes" and "not known" would be
# readable from their length alone, so texts are filled up to a multiple of this many bytes.
_BLOCK = 64
_LENGTH_BYTES = 4


class SealBroken(Exception):  # noqa: N818 -- named for what has happened, as it reads in `except SealBroken`
    """A sealed value that does not open here: altered, moved, cut, or sealed with another key."""


class DataKeyGone(LookupError):  # noqa: N818 -- named for what has happened
    """There is no such data key: it was destroyed with its case, or never made."""


class Envelope:
    """An unwrapped data key in memory. It shows nothing of the key and cannot be pickled."""

    __slots__ = ("_cipher", "data_key_id")

    def __init__(self, data_key_id: UUID, key: bytes) -> None:
        self.data_key_id = data_key_id
        self._cipher = AESGCM(key)

    def __repr__(self) -> str:
        return f"<Envelope {self.data_key_id}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An envelope holds a key and is never written anywhere.")

    def seal(self, text: str, *, table: str, row: str, field: str) -> bytes:
        """Return `text` sealed for exactly this place: version byte, nonce, ciphertext."""
        # Half of a surrogate pair has no UTF-8 form; the error would carry the whole text into logs.
        return self.seal_bytes(text.encode("utf-8", "replace"), table=table, row=row, field=field)

    def seal_bytes(self, content: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return the content of a file sealed for exactly this place, as `seal` does a text."""
        framed = len(content).to_bytes(_LENGTH_BYTES, "big") + content
        padded = framed + bytes(-len(framed) % _BLOCK)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _SEAL_VERSION + nonce + self._cipher.encrypt(nonce, padded, self._place(table, row, field))

    def open(self, blob: bytes, *, table: str, row: str, field: str) -> str:
        """Return the text sealed in `blob` for this place; raises SealBroken."""
        return self.open_bytes(blob, table=table, row=row, field=field).decode("utf-8")

    def open_bytes(self, blob: bytes, *, table: str, row: str, field: str) -> bytes:
        """Return the content sealed in `blob` for this place, byte for byte; raises SealBroken."""
        start = len(_SEAL_VERSION) + _NONCE_BYTES
        if blob[:1] != _SEAL_VERSION or len(blob) < start + _BLOCK + _TAG_BYTES:
            raise SealBroken("This is not a sealed text.")
        try:
            padded = self._cipher.decrypt(blob[1:start], blob[start:], self._place(table, row, field))
        except InvalidTag:
            raise SealBroken("A sealed text does not open: it was altered or is not from here.") from None
        length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def _place(self, table: str, row: str, field: str) -> bytes:
        return _associated(_SEAL_FORMAT, str(self.data_key_id), table, row, field)


def _associated(*parts: str | int) -> bytes:
    """A JSON array, because joined text could mean two places with one spelling."""
    return json.dumps(parts, separators=(",", ":")).encode("ascii")


def new_data_key() -> tuple[DataKey, Envelope]:
    """Make and store a new data key, in the caller's transaction; returns its row and its envelope.

    Raises KeyFileError.
    """
    key = secrets.token_bytes(KEY_BYTES)
    keys = provider().keys()
    row = DataKey(version=keys.current, created_at=clock.now())
    row.wrapped = wrap_key(keys, row.id, key)
    row.save(force_insert=True)
    return row, Envelope(row.id, key)


def unwrap(data_key_id: UUID) -> Envelope:
    """Return the envelope of a data key.

    Callers commit the audit entry of the access first. Raises DataKeyGone, SealBroken (a wrapped key that was
    altered) and KeyFileError.
    """
    row = DataKey.objects.filter(pk=data_key_id).first()
    if row is None:
        raise DataKeyGone("This key is gone, and what it sealed with it.")
    return Envelope(row.id, unwrap_key(provider().keys(), row))


def destroy(data_key_id: UUID) -> None:
    """Destroy a data key for good, in the caller's transaction.

    Doing it again changes nothing. The wrapped key is overwritten before its row is deleted: a deleted row
    may stay in the file for a while.
    """
    with transaction.atomic():
        DataKey.objects.filter(pk=data_key_id).update(wrapped=bytes(_NONCE_BYTES + KEY_BYTES + _TAG_BYTES))
        DataKey.objects.filter(pk=data_key_id).delete()


def wrap_key(keys: Keys, data_key_id: UUID, key: bytes) -> bytes:
    """Return a data key wrapped with the current key of the key file, for the row of this id."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    place = _associated(_WRAP_FORMAT, str(data_key_id), keys.current)
    return nonce + AESGCM(keys.wrapping[keys.current]).encrypt(nonce, key, place)


def unwrap_key(keys: Keys, row: DataKey) -> bytes:
    """Return the data key of a row; raises SealBroken."""
    wrapped, place = bytes(row.wrapped), _associated(_WRAP_FORMAT, str(row.id), row.version)
    if row.version not in keys.wrapping:
        raise SealBroken(f"The key file holds no key {row.version}, which this data key needs.")
    try:
        return AESGCM(keys.wrapping[row.version]).decrypt(
            wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], place
        )
    except (InvalidTag, ValueError):
        raise SealBroken(
            "A data key does not unwrap: it was altered or belongs to another key file."
        ) from None
