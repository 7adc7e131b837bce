"""The snapshot of lessons: one SQLite file, looked up by words, so that a hundred thousand lessons cost what three do.

It is written beside its place and moved there whole, so nobody meets half of one. A file that is cut, foreign or of
another edition is told apart from an empty one.
"""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.words import ALWAYS, choices_of, needs_of

Found = TypeVar("Found")

EDITION: Final = 2
_APPLICATION: Final = 0x46_41_49_52  # "FAIR"
_TABLES: Final = """
CREATE TABLE about (made_at TEXT NOT NULL, origin TEXT NOT NULL, etag TEXT NOT NULL, lessons INTEGER NOT NULL);
CREATE TABLE lesson (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE word (
  word TEXT NOT NULL, number INTEGER NOT NULL, also TEXT NOT NULL, PRIMARY KEY (word, number)
) WITHOUT ROWID;
"""


class SnapshotError(Exception):
    """A snapshot that cannot be used; the message says why, and how to get another."""


@dataclass(frozen=True, slots=True)
class About:
    """What a snapshot says about itself: when it was made (UTC), of which server, its mark there, how many it holds."""

    made_at: datetime
    origin: str
    etag: str
    lessons: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lessons that may fire on a change, and what the snapshot says about itself."""

    lessons: tuple[Lesson, ...]
    about: About

    @property
    def of(self) -> int:
        """How many lessons there are in all."""
        return self.about.lessons

    @property
    def made_at(self) -> datetime:
        """When the snapshot was made (UTC)."""
        return self.about.made_at


def write_snapshot(
    path: Path, lessons: Iterable[Lesson], *, made_at: datetime, origin: str, etag: str = ""
) -> int:
    """Write the lessons to `path`, and return how many; what stood there before stays until the new one is whole.

    `origin` is the address they came from, `etag` the mark they have there. Raises OSError when the
    file cannot be written.
    """
    kept = sorted(lessons, key=lambda lesson: lesson.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as connection, connection:
            connection.executescript(
                f"PRAGMA application_id={_APPLICATION}; PRAGMA user_version={EDITION};{_TABLES}"
            )
            connection.execute(
                "INSERT INTO about VALUES (?, ?, ?, ?)",
                (made_at.astimezone(UTC).isoformat(), origin, etag, len(kept)),
            )
            connection.executemany(
                "INSERT INTO lesson VALUES (?, ?)",
                ((number, json.dumps(asdict(lesson))) for number, lesson in enumerate(kept)),
            )
            connection.executemany("INSERT INTO word VALUES (?, ?, ?)", _words(kept))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(kept)


def _words(lessons: list[Lesson]) -> Iterable[tuple[str, int, str]]:
    """Yield the words each lesson is looked up by, and what else has to be there: sets by ";", words by a space."""
    uses: Counter[str] = Counter()
    for lesson in lessons:
        uses.update({word for values in choices_of(lesson.triggers) for words in values for word in words})
    for number, lesson in enumerate(lessons):
        first, *others = needs_of(lesson.triggers, uses.__getitem__)
        also = ";".join(" ".join(words) for words in others)
        for word in first:
            yield word, number, also


def candidates(path: Path, words: frozenset[str]) -> Candidates:
    """Return the lessons one of whose words is among `words`, in the order of their ids.

    Raises SnapshotError when there is no snapshot, or it is cut, foreign or of another edition.
    """

    def read(connection: sqlite3.Connection) -> Candidates:
        rows = connection.execute(
            "SELECT body FROM lesson WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
            (json.dumps(_numbers(connection, words)),),
        )
        return Candidates(tuple(_lesson(body) for (body,) in rows), _about(connection))

    return _read(path, read)


def about(path: Path) -> About:
    """Return what a snapshot says about itself. Raises SnapshotError as `candidates` does."""
    return _read(path, _about)


def lesson_named(path: Path, lesson_id: str) -> Lesson | None:
    """Return the lesson with this id, or None. Raises SnapshotError as `candidates` does."""

    def read(connection: sqlite3.Connection) -> Lesson | None:
        row = connection.execute(
            "SELECT body FROM lesson WHERE json_extract(body, '$.id') = ?", (lesson_id,)
        ).fetchone()
        return _lesson(row[0]) if row else None

    return _read(path, read)


def _read(path: Path, read: Callable[[sqlite3.Connection], Found]) -> Found:
    if not path.is_file():
        raise SnapshotError(f"There are no lessons at {path} yet. Fetch them with: fairlead lessons sync URL")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _check(connection)
            return read(connection)
    except (sqlite3.DatabaseError, TypeError, KeyError, ValueError):
        raise SnapshotError(
            f"{path} is damaged or was not written by Fairlead. Fetch it again with: fairlead lessons sync URL"
        ) from None


def _about(connection: sqlite3.Connection) -> About:
    made_at, origin, etag, lessons = connection.execute(
        "SELECT made_at, origin, etag, lessons FROM about"
    ).fetchone()
    return About(datetime.fromisoformat(made_at), origin, etag, lessons)


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise ValueError("foreign")
    edition = connection.execute("PRAGMA user_version").fetchone()[0]
    if edition != EDITION:
        raise SnapshotError(
            f"These lessons were written by another version of Fairlead (edition {edition}, this one reads {EDITION}). "
            "Fetch them again with: fairlead lessons sync URL"
        )


def _numbers(connection: sqlite3.Connection, words: frozenset[str]) -> list[int]:
    rows = connection.execute(
        "SELECT number, also FROM word WHERE word IN (SELECT value FROM json_each(?))",
        (json.dumps([ALWAYS, *words]),),
    )
    return list(
        {
            number
            for number, also in rows
            if not also or not any(words.isdisjoint(needed.split(" ")) for needed in also.split(";"))
        }
    )


def _lesson(body: str) -> Lesson:
    raw = json.loads(body)
    triggers = Triggers(**{kind: tuple(values) for kind, values in raw.pop("triggers").items()})
    return Lesson(triggers=triggers, **{**raw, "safeguards": tuple(raw["safeguards"])})
