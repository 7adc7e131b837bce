"""How entries hang together: each one's hash covers the entry and the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from fairlead.foundation.codes import Code

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last entry's number (0 for none) and hash.

    Kept elsewhere, it shows a cut tail.
    """

    sequence: int
    hash: str


EMPTY = Head(sequence=0, hash=GENESIS)


def entry_hash(
    *,
    sequence: int,
    at: datetime,
    actor: str,
    action: str,
    subject_type: str,
    subject: str,
    outcome: str,
    reason: str,
    detail: Mapping[str, Code],
    previous_hash: str,
) -> str:
    """Return the SHA-256 (64 hexadecimal characters) of an entry's canonical JSON.

    Canonical means: an array in this order, names inside `detail` sorted, no spaces, ASCII; `at` in UTC to
    the microsecond, so that the form does not depend on how a database spells a moment.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(
        [sequence, moment, actor, action, subject_type, subject, outcome, reason, detail, previous_hash],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
