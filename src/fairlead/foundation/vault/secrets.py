"""Sealing small secrets that belong to no case, such as the seed of somebody's authenticator."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fairlead.foundation.vault.envelope import SealBroken
from fairlead.foundation.vault.keys import KEY_BYTES, provider

_NONCE_BYTES = 12


def _cipher(purpose: str) -> AESGCM:
    """Return the cipher for one purpose: HKDF-SHA256 (RFC 5869) from the key file's session material."""
    derive = HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"fairlead.secret/1 {purpose}".encode()
    )
    return AESGCM(derive.derive(provider().keys().secret_key().encode()))


def seal_secret(text: str, *, purpose: str) -> str:
    """Return a secret sealed for a purpose, as text. Raises KeyFileError."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + _cipher(purpose).encrypt(nonce, text.encode(), None)).decode()


def open_secret(sealed: str, *, purpose: str) -> str:
    """Return a secret that was sealed for this purpose. Raises SealBroken and KeyFileError."""
    try:
        blob = base64.b64decode(sealed, validate=True)
        return _cipher(purpose).decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        raise SealBroken("A secret does not open: it was altered, or sealed with another key file.") from None
