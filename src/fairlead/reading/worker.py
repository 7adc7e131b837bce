"""The process that reads: it sets its own limits first, opens what it was told to, and answers in lines of JSON.

Started by `process.py`. It may use so much memory and so many seconds a file, open few files, and
write none.
"""

import io
import json
import os
import resource
import stat
import sys
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO, Final

from fairlead.core.importing import (
    Reading,
    read_alertmanager,
    read_pagerduty,
    read_review,
    read_slack,
    read_table,
    read_text,
)
from fairlead.core.importing.values import unreadable
from fairlead.core.importing.wire import between_processes

MB: Final = 1024 * 1024
MEMORY: Final = 1024 * MB
SECONDS: Final = 60  # of processor time, for one file
OPEN_FILES: Final = 32
LARGEST: Final = {
    "text": 16 * MB,
    "reviews": 16 * MB,
    "pagerduty": 64 * MB,
    "alertmanager": 64 * MB,
    "csv": 64 * MB,
    "slack": 2048 * MB,
}
_TOO_MUCH: Final = "reading it takes more memory than an import may use. Take the part around the outage."


def main() -> None:
    """Read the job from standard input, then each file, and answer."""
    job: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    given = sys.stdin.buffer.read()
    _limit(resource.RLIMIT_AS, MEMORY + len(given))
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    for number, (path, name, is_chosen) in enumerate(job["files"]):
        _answer(reading=number)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS)
        try:
            reading = _read(job, path, name, given=given if path == "-" else None, follow=is_chosen)
        except MemoryError:
            reading = unreadable(_TOO_MUCH)
        for incident in reading.incidents:
            _answer(incident=between_processes(incident))
        _answer(problems=reading.problems, notes=reading.notes, readable=reading.is_readable)
    _answer(end=True)


def _limit(what: int, soft: int) -> None:
    """Lower a limit of this process; never above what the system allows."""
    _soft, hard = resource.getrlimit(what)
    least = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    try:
        # The processor's limit is raised again for the next file; the others are for good.
        resource.setrlimit(what, (least, hard if what == resource.RLIMIT_CPU else least))
    except (ValueError, OSError):
        return  # a system without this limit; those on size are our own


def _answer(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _read(job: Mapping[str, Any], path: str, name: str, *, given: bytes | None, follow: bool) -> Reading:
    largest = LARGEST[job["format"]]
    if given is not None:
        return _parsed(job, io.BytesIO(given), name) if len(given) <= largest else _too_large(largest)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a name with a NUL in it"
        return unreadable(f"it cannot be opened ({reason}).")
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_size <= largest:
        with os.fdopen(handle, "rb") as file:
            return _parsed(job, file, name)
    os.close(handle)
    if stat.S_ISREG(found.st_mode):
        return _too_large(largest)
    if stat.S_ISDIR(found.st_mode):
        return unreadable("it is a folder. Name the files in it; only reviews are read from a folder.")
    return unreadable("it is not a file.")


def _too_large(largest: int) -> Reading:
    return unreadable(f"it is larger than {largest // MB} MB. Take the part around the outage.")


def _parsed(job: Mapping[str, Any], file: BinaryIO, name: str) -> Reading:
    kind, zone, now = job["format"], job["zone"], datetime.fromisoformat(job["now"])
    day = date.fromisoformat(job["day"]) if job["day"] else None
    if kind == "slack":
        return read_slack(file, now=now, zone=zone, channels=job["channels"], seen=_days)
    content = file.read(LARGEST[kind] + 1)
    readers = {
        "text": partial(read_text, day=day),
        "reviews": partial(read_review, day=day, name=name),
        "pagerduty": read_pagerduty,
        "alertmanager": read_alertmanager,
        "csv": partial(read_table, day=day, mapping=job["mapping"]),
    }
    return readers[kind](content, now=now, zone=zone)


def _days(done: int, of: int) -> None:
    _answer(days=(done, of))


if __name__ == "__main__":
    main()
