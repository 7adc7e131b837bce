"""`fairlead import`: what other tools wrote about incidents, read in a process apart, then shown or put on record."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from fairlead.cli import exits

if TYPE_CHECKING:
    from fairlead.reading.process import Job, Outcome

FORMATS: Final = ("text", "pagerduty", "slack", "alertmanager", "csv", "reviews")
EXAMPLES: Final = """\
examples:
  fairlead import text outage.log --zone Europe/Berlin --date 2026-11-20 --dry-run
  fairlead import text outage.log --zone Europe/Berlin --as ada@pier.example
  fairlead import slack export.zip --channel inc-checkout
  fairlead import pagerduty incidents.json log_entries.json --dry-run --json
  fairlead import csv incidents.csv --map title="What broke" --map started=Begin --zone UTC --dry-run
  fairlead import reviews postmortems/ --dry-run --json
  pbpaste | fairlead import text - --dry-run

Each file is read in a process of its own with limits on time, memory and size. Direct messages of Slack are
never read. The same thing read twice keeps its source id, so that it is one incident; what somebody has edited
since is left as it is. Entries that point at somebody wait in the source, for those who responded.

exit codes: 0 done, 1 some records had problems (the rest is printed), 2 a wrong command line or nothing to read"""


class _LineError(ValueError):
    """The command line asks for something that does not go together; the text says what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument("format", choices=FORMATS, help="what wrote the files")
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, - for stdin; for reviews also a folder"
    )
    parser.add_argument("--zone", help="the time zone of times that name none: Europe/Berlin, UTC, CET")
    parser.add_argument("--date", metavar="DAY", help="the day of times without one: 2026-11-20")
    parser.add_argument(
        "--channel", action="append", default=[], metavar="C", help="for slack: a channel; may be repeated"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="for csv: where title, started, detected, mitigated, resolved, day, zone, id or timeline stand",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would be imported, and write nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per incident, one a line")
    parser.add_argument(
        "--data", help="where the server keeps everything (default: FAIRLEAD_DATA, or ./fairlead-data)"
    )
    parser.add_argument(
        "--as",
        dest="who",
        metavar="EMAIL",
        help="who brings it in and may read the sources (default: the one operator who works in a team)",
    )


def run(args: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from fairlead.reading.process import read_files  # noqa: PLC0415 - the door stays light

    try:
        job = _job(args, now=datetime.now(UTC))
        progress = _Progress(sys.stderr.isatty())
        outcome = read_files(job, progress.show)
        progress.clear()
    except _LineError as error:
        return _refused(str(error))
    written = exits.DONE if args.dry_run else _write(args, job, outcome, progress)
    if args.json:
        _print_json(outcome)
    elif args.dry_run:
        from fairlead.cli.import_preview import preview  # noqa: PLC0415

        for line in preview(outcome, sys.stdout):
            print(line)
    for problem in outcome.problems:
        print(f"fairlead import: {problem}", file=sys.stderr)
    return max(written, _exit_code(outcome))


def _write(args: argparse.Namespace, job: "Job", outcome: "Outcome", progress: "_Progress") -> int:
    """Put what was read on record, say what came of it, and return the exit code of that part."""
    from fairlead.cli.setup import data_directory, with_server  # noqa: PLC0415

    if not outcome.incidents:
        return exits.DONE
    data_directory(args.data)

    def work() -> int:
        from fairlead.site import importing  # noqa: PLC0415

        tally = importing.put_on_record(job, outcome, email=args.who, seen=progress.wrote)
        progress.clear()
        for source_id, problem in tally.problems:
            print(f"fairlead import: {source_id}: {problem}", file=sys.stderr)
        if not args.json:
            for line in (*tally.told(), *_to_look_at(outcome)):
                print(line)
        return exits.REFUSED if tally.problems else exits.DONE

    return with_server(work)


def _to_look_at(outcome: "Outcome") -> Iterator[str]:
    """Yield what a person should look at in the incidents that went in."""
    for incident in outcome.incidents:
        if incident.problems:
            yield f"Please look at “{incident.title or incident.source_id}”:"
            yield from (f"  - {problem}" for problem in incident.problems)


def _exit_code(outcome: "Outcome") -> int:
    if not outcome.was_readable:
        return exits.USAGE
    has_problems = outcome.problems or any(incident.problems for incident in outcome.incidents)
    return exits.REFUSED if has_problems else exits.DONE


def _print_json(outcome: "Outcome") -> None:
    from fairlead.core.importing.wire import to_wire  # noqa: PLC0415

    # Escaped to ASCII, because some characters beyond it count as the end of a line elsewhere.
    for incident in outcome.incidents:
        print(json.dumps(to_wire(incident)))


def _job(args: argparse.Namespace, *, now: datetime) -> "Job":
    from fairlead.reading.process import Job  # noqa: PLC0415

    if args.channel and args.format != "slack":
        raise _LineError("--channel goes with slack alone.")
    if args.map and args.format != "csv":
        raise _LineError("--map goes with csv alone.")
    if args.files.count("-") > 1:
        raise _LineError("- stands for standard input, which can be read once.")
    if "-" in args.files and args.format == "reviews":
        raise _LineError("reviews are read from files or a folder; for one on standard input take text.")
    from fairlead.reading.process import LARGEST_GIVEN  # noqa: PLC0415

    return Job(
        format=args.format,
        files=tuple(args.files),
        zone=_zone(args.zone),
        day=_day(args.date, now),
        channels=tuple(args.channel),
        mapping=_mapping(args.map),
        now=now,
        given=sys.stdin.buffer.read(LARGEST_GIVEN + 1) if "-" in args.files else b"",
    )


def _zone(given: str | None) -> str | None:
    if given is None:
        return None
    from fairlead.core.intake.answers import read_zone  # noqa: PLC0415
    from fairlead.core.localtime import LocalTimeError  # noqa: PLC0415

    try:
        return read_zone(given)
    except LocalTimeError as error:
        raise _LineError(f"--zone: {error.message}") from None


def _day(given: str | None, now: datetime) -> date | None:
    if given is None:
        return None
    from fairlead.core.intake.dates import read_date  # noqa: PLC0415

    read = read_date(given.strip(), 0)
    day = read.before(now.date()) if read is not None and read.end == len(given.strip()) else None
    if day is None:
        raise _LineError(f"--date: “{given[:40]}” is not a day we can read. Write it like 2026-11-20.")
    return day


def _mapping(given: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for pair in given:
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise _LineError(f"--map: “{pair[:60]}” should be FIELD=COLUMN, such as title=Summary.")
        found[field.strip().lower()] = column.strip()
    return found


class _Progress:
    """One line on the terminal that says how far the reading is, and goes away afterwards."""

    def __init__(self, is_shown: bool) -> None:  # noqa: FBT001 - its one input
        self.show: Callable[[str, int, int], None] = self._say if is_shown else self._keep_quiet
        self.width = 0

    def _say(self, what: str, done: int, of: int) -> None:
        self._line(f"Reading {what}: {done} of {of}")

    def wrote(self, done: int, of: int) -> None:
        """Say how many incidents have been put on record."""
        if self.show == self._say:
            self._line(f"Writing: {done} of {of}")

    def _line(self, words: str) -> None:
        line = words[:78]
        print(f"\r{line:<{self.width}}", end="", file=sys.stderr, flush=True)
        self.width = len(line)

    def _keep_quiet(self, _what: str, _done: int, _of: int) -> None:
        """Say nothing where nobody watches."""

    def clear(self) -> None:
        """Take the line away."""
        if self.width:
            print("\r" + " " * self.width + "\r", end="", file=sys.stderr, flush=True)


def _refused(words: str) -> int:
    print(f"fairlead import: {words}", file=sys.stderr)
    return exits.USAGE
