"""Fetching the lessons from the server: whole and checked, or not at all."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.guard.lessons.snapshot import About, SnapshotError, about, write_snapshot
from fairlead.guard.server import ServerError, ask


@dataclass(frozen=True, slots=True)
class Fetched:
    """How many lessons there are now, and whether any of them is new or changed."""

    lessons: int
    has_changed: bool


def fetch(url: str, token: str, path: Path, *, now: datetime) -> Fetched:
    """Bring the snapshot at `path` up to date from the server. Raises ServerError, and OSError.

    The old snapshot stays in use until the new one has come whole and its digest fits.
    """
    have = known(path)
    tag = {"If-None-Match": have.etag} if have and have.etag and have.origin == url else {}
    answer = ask(url, token, "GET", "/lessons/snapshot", headers=tag)
    if answer.status == 304 and have is not None:  # noqa: PLR2004 - not modified
        return Fetched(have.lessons, has_changed=False)
    digest = base64.b64encode(hashlib.sha256(answer.body).digest()).decode()
    if answer.headers.get("content-digest") != f"sha-256=:{digest}:":
        raise ServerError("The lessons did not arrive whole: their digest does not fit.")
    lessons = _lessons(answer.json())
    write_snapshot(path, lessons, made_at=now, origin=url, etag=answer.headers.get("etag", ""))
    return Fetched(len(lessons), has_changed=True)


def known(path: Path) -> About | None:
    """Return what a snapshot says about itself, or None when there is none that can be used."""
    try:
        return about(path)
    except SnapshotError:
        return None


def _lessons(told: Any) -> list[Lesson]:
    try:
        return [
            Lesson(
                id=str(one["id"]),
                title=str(one["title"]),
                know=str(one["know"]),
                triggers=Triggers(**{kind: tuple(values) for kind, values in one["triggers"].items()}),
                safeguards=tuple(one["safeguards"]),
                mechanism=str(one["mechanism"]),
                shadow=bool(one["shadow"]),
                edition=int(one["edition"]),
            )
            for one in told["lessons"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ServerError(
            "The lessons came in a shape that this version of Fairlead does not know. Update it here."
        ) from None
