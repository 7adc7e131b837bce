"""A token as text: how it is made, and the keyed hash that is kept of it."""

import hmac
import re
import secrets

from fairlead.foundation.vault.keys import provider

_MARK = "fl_"
_BYTES = 32
_SHOWN = 9  # of which six are random: enough to tell one's own tokens apart, too few to guess the rest
_DOMAIN = b"fairlead.token/1\x00"
_LOOKS_LIKE_ONE = re.compile(r"fl_[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """Return a new token: 256 random bits behind a mark that scanners of leaked secrets can look for."""
    return _MARK + secrets.token_urlsafe(_BYTES)


def prefix_of(token: str) -> str:
    """Return the part of a token that may be shown."""
    return token[:_SHOWN]


def digest_of(token: str) -> str | None:
    """Return the keyed hash that is kept of a token, or None for a text that is none. Raises KeyFileError."""
    if not _LOOKS_LIKE_ONE.fullmatch(token):
        return None
    return keyed(token)


def keyed(text: str) -> str:
    """Return HMAC-SHA-256 of a text under the index key, in hexadecimal. Raises KeyFileError."""
    return hmac.digest(provider().keys().index, _DOMAIN + text.encode(), "sha256").hex()
