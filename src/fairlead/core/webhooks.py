"""Whether a delivery of another tool is authentic and recent. Every comparison takes the same time, right or wrong."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=5)
_VERSION: Final = "v1="
_BEARER: Final = "bearer "
_MOST_SIGNATURES: Final = 10


def is_signed(body: bytes, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the signatures in the header is that of the raw body under one of the secrets.

    PagerDuty's `X-PagerDuty-Signature`: `v1=` and the HMAC-SHA256 in hexadecimal, several with commas between them.
    """
    given = [
        one.strip().removeprefix(_VERSION).encode("utf-8", "replace")
        for one in header.split(",")[:_MOST_SIGNATURES]
        if one.strip().startswith(_VERSION)
    ]
    right = [hmac.digest(secret.encode(), body, "sha256").hex().encode() for secret in secrets if secret]
    # All pairs are compared before the answer, whichever is the right one.
    same = [hmac.compare_digest(one, other) for one in given for other in right]
    return True in same


def is_bearer(header: str, secret: str) -> bool:
    """Tell whether an `Authorization` header carries the secret as its bearer token."""
    carries = header[: len(_BEARER)].lower() == _BEARER
    token = header[len(_BEARER) :].strip().encode("utf-8", "replace")
    return bool(secret) and hmac.compare_digest(token, secret.encode()) and carries


def is_recent(occurred_at: object, *, now: datetime) -> bool:
    """Tell whether a moment, as ISO 8601 text with its offset, lies within five minutes of `now`, which is aware."""
    if not isinstance(occurred_at, str):
        return False
    try:
        at = datetime.fromisoformat(occurred_at)
        return at.utcoffset() is not None and abs(now - at) <= WINDOW
    except (ValueError, OverflowError):
        return False
