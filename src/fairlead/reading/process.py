"""Reading files that somebody else wrote, in a process apart, so that a hostile one can only end that process.

The worker (`worker.py`) gets a job on its standard input and answers with a line of JSON at a time. A
file on which it dies is named, and a new worker goes on with the next.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from fairlead.core.importing.merging import merged
from fairlead.core.importing.values import ImportedIncident, clean
from fairlead.core.importing.wire import from_wire

MOST_FILES: Final = 10_000
DEEPEST: Final = 8
MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
LARGEST_GIVEN: Final = 64 * 1024 * 1024
Seen = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to read and how: the format, the files in order, and what the flags said."""

    format: str
    files: tuple[str, ...]
    zone: str | None
    day: date | None
    channels: tuple[str, ...]
    mapping: Mapping[str, str]
    now: datetime
    given: bytes = field(default=b"", repr=False)  # the content of the file called "-"


@dataclass(slots=True)
class Outcome:
    """What came of a job. `was_readable` is False when not one file was what it should be.

    `files` holds for each source id the first file that told of it.
    """

    incidents: tuple[ImportedIncident, ...] = ()
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    was_readable: bool = False
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    name: str
    is_chosen: bool  # named by the person, who may name a link; what is found in a folder may be none


def read_files(job: Job, seen: Seen) -> Outcome:
    """Read the files of a job. `seen` is told what is being read, how much is done, and of how much."""
    outcome = Outcome()
    files = list(_files(job, outcome))
    work = _Work(job, files, outcome, seen)
    first = 0
    while first < len(files):
        first = work.read_from(first)
    outcome.incidents = merged(work.found)
    return outcome


class _Work:
    """The files of a job, read by one worker after another until none is left."""

    def __init__(self, job: Job, files: list[_File], outcome: Outcome, seen: Seen) -> None:
        self.job, self.files, self.outcome, self.seen = job, files, outcome, seen
        self.found: list[ImportedIncident] = []

    def read_from(self, first: int) -> int:
        """Let one worker read the files from `first` on; return the number of the file to go on with."""
        at, is_done = first, False
        # -P: no module of the folder we stand in is taken for one of ours; -B: it may write no file.
        command = [sys.executable, "-P", "-B", "-m", "fairlead.reading.worker"]
        pipe = subprocess.PIPE
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no word of the files
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        ) as worker:
            try:
                _hand_over(worker, _written(self.job, self.files[first:]), self.job.given)
                for line in worker.stdout:
                    told = _told(line)
                    at = first + int(told["reading"]) if "reading" in told else at
                    is_done = is_done or "end" in told
                    self._hear(told, at)
            except BaseException:
                worker.kill()
                raise
        if is_done:
            return len(self.files)
        self.outcome.problems.append(f"{self._place(at)}{_why_it_ended(worker.returncode)}")
        return at + 1

    def _hear(self, told: dict[str, Any], at: int) -> None:
        outcome = self.outcome
        if "reading" in told:
            self.seen(clean(self.files[at].name), at + 1, len(self.files))
        elif "days" in told:
            self.seen(clean(self.files[at].name), *told["days"])
        elif "incident" in told:
            incident = from_wire(told["incident"])
            self.found.append(incident)
            outcome.files.setdefault(incident.source_id, self.files[at].path)
            outcome.was_readable = True
        else:
            outcome.problems.extend(f"{self._place(at)}{problem}" for problem in told.get("problems", ()))
            outcome.notes.extend(told.get("notes", ()))
            outcome.was_readable = outcome.was_readable or bool(told.get("readable"))

    def _place(self, at: int) -> str:
        return "" if self.files[at].path == "-" else f"{clean(self.files[at].name)}: "


def _written(job: Job, files: list[_File]) -> bytes:
    content = {
        "format": job.format,
        "files": [(file.path, file.name, file.is_chosen) for file in files],
        "zone": job.zone,
        "day": job.day.isoformat() if job.day else None,
        "channels": job.channels,
        "mapping": dict(job.mapping),
        "now": job.now.isoformat(),
    }
    return json.dumps(content).encode() + b"\n"


def _hand_over(worker: "subprocess.Popen[bytes]", job: bytes, given: bytes) -> None:
    """Give the worker its job. It reads all of it before it answers, so neither waits for the other."""
    with contextlib.suppress(BrokenPipeError):  # it ended at once; its exit code says why
        worker.stdin.write(job)
        worker.stdin.write(given)
        worker.stdin.close()


def _told(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:  # the worker was ended in the middle of a line
        return {}
    return told if isinstance(told, dict) else {}


def _why_it_ended(code: int | None) -> str:
    if code is not None and -code == signal.SIGXCPU:
        return "reading it takes longer than an import may. Take the part around the outage."
    return "it could not be read, and the reading of it was ended."


def _files(job: Job, outcome: Outcome) -> Iterator[_File]:
    for given in job.files:
        path = Path(given)
        if given != "-" and job.format == "reviews" and path.is_dir():
            yield from _in_folder(path, outcome)
        else:
            yield _File(given, path.name if given != "-" else "-", is_chosen=True)


def _in_folder(folder: Path, outcome: Outcome) -> Iterator[_File]:
    """Yield the Markdown files of a folder and those below it, in order of name. No link is followed."""
    count = links = 0
    for place, below, names in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        below[:] = sorted(name for name in below if not name.startswith(".")) if depth < DEEPEST else []
        links += sum((Path(place) / name).is_symlink() for name in below)
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix.lower() not in MARKDOWN or name.startswith("."):
                continue
            if path.is_symlink():
                links += 1
                continue
            count += 1
            if count > MOST_FILES:
                outcome.problems.append(f"{folder}: only the first {MOST_FILES:,} files were read.")
                return
            yield _File(str(path), str(path.relative_to(folder)), is_chosen=False)
    if links:
        told = "1 link in it was" if links == 1 else f"{links} links in it were"
        outcome.problems.append(f"{folder}: {told} not followed.")
    if not count:
        outcome.problems.append(f"{folder}: there is no Markdown file in it.")
