"""Marks: how the private side knows a participant without naming anybody."""

import hmac
from uuid import UUID

from fairlead.foundation.vault.keys import provider

MARK_LENGTH = 64
_HASH_DOMAIN = b"fairlead.hash/1\x00"
_DOMAIN = b"fairlead.mark/1\x00participant\x00"


def mark(account_id: UUID) -> str:
    """Return the keyed hash of an account id: HMAC-SHA256 (RFC 2104) in 64 hexadecimal characters.

    It is the only stored form of a participant on the private side. Rotating the wrapping keys does not
    change it, because it is made with the key file's index key. Raises KeyFileError.
    """
    return hmac.digest(provider().keys().index, _DOMAIN + account_id.bytes, "sha256").hex()


def keyed_hash(purpose: str, content: bytes) -> str:
    """Return the keyed hash of some content for one purpose, by which it is recognised and never guessed.

    Raises KeyFileError.
    """
    start = hmac.new(provider().keys().index, _HASH_DOMAIN + purpose.encode() + b"\x00", "sha256")
    start.update(content)
    return start.hexdigest()
