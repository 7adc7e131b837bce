"""The log of what was erased, outside the database: a backup from before brings nothing back.

One line for each erasure: the random id of what it was, and the id of the key that was destroyed. No words, no people.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fairlead.foundation import clock


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure: what, and the key that sealed it."""

    subject: UUID
    key: UUID
    at: datetime


def note(subject: UUID, key: UUID) -> None:
    """Write an erasure down, on disk when this returns; one that stands there is not written twice. Raises OSError."""
    path: Path = settings.FAIRLEAD_ERASED_LOG
    if any((one.subject, one.key) == (subject, key) for one in read(path)):
        return
    line = json.dumps({"subject": str(subject), "key": str(key), "at": clock.now().isoformat()}) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> list[Erased]:
    """Return every erasure in a log; a line that was cut off by a power cut is left out. Raises OSError."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text("ascii", "replace").splitlines():
        try:
            row = json.loads(line)
            found.append(Erased(UUID(row["subject"]), UUID(row["key"]), datetime.fromisoformat(row["at"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found
