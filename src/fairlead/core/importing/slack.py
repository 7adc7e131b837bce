"""A Slack export: one incident for each chosen channel, its messages as the timeline.

Format: https://slack.com/help/articles/220556107 (channels.json, users.json, one JSON file per channel and
day). Direct messages are never read. Who wrote a message is not kept: it belongs to the source alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from fairlead.core.importing.archive import Archive, ArchiveError, Limits
from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.core.importing.documents import BrokenError, Record, documents, inside, many, record_of, words
from fairlead.core.importing.slack_markup import block_words, plain_words
from fairlead.core.importing.stamps import StampError, slack_stamp
from fairlead.core.importing.telling import times_told
from fairlead.core.importing.values import (
    ImportedEntry,
    ImportedIncident,
    Reading,
    checked,
    entry_from,
    source_id,
    title_from,
    unreadable,
)
from fairlead.core.intake import Entry, Moment, Span
from fairlead.core.intake.moments import entry_clues, moments

NO_CHANNELS: Final = "There is no channels.json in it, so it is not a whole Slack export."
NO_MESSAGES: Final = "The export holds no message of a channel that was to be read."
DIRECT: Final = "Direct messages are not read."
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\.json")
_DIRECT: Final = re.compile(r"D[A-Z0-9]{6,}|mpdm-.*")
_COMINGS: Final = frozenset(
    {
        *("channel_join", "channel_leave", "group_join", "group_leave", "bot_add", "bot_remove"),
        *(
            "bot_enable",
            "bot_disable",
            "channel_archive",
            "channel_unarchive",
            "group_archive",
            "group_unarchive",
        ),
        *("channel_posting_permissions", "pinned_item", "reminder_add", "tombstone"),
    }
)
_SHOWN_PROBLEMS: Final = 20


@dataclass(frozen=True, slots=True)
class _Channel:
    """A channel of the export: its id, its folder, what it says about itself, and whether all may read it."""

    id: str
    name: str
    about: str
    is_public: bool


def read_slack(
    stream: BinaryIO,
    *,
    now: datetime,
    zone: str | None = None,
    channels: Sequence[str] = (),
    limits: Limits | None = None,
    seen: Callable[[int, int], None] = lambda _done, _all: None,
) -> Reading:
    """Return an incident for each chosen channel of an export, given as a binary stream that can seek.

    `channels` are names or ids; without any, every public channel is read. A private channel has to be
    named, direct messages are not read. `now` is an aware datetime, `zone` the IANA name kept with the
    incident (the messages' own times need none). `seen` is told how many days of how many have been read.
    """
    try:
        export = _Export(Archive(stream, limits), zone=zone, now=now)
        chosen, problems = export.choose(channels)
    except ArchiveError as error:
        return unreadable(str(error))
    work = [(channel, export.days(channel)) for channel in chosen]
    total, done = sum(len(days) for _channel, days in work), 0
    incidents: list[ImportedIncident] = []
    for channel, days in work:
        messages: dict[str, ImportedEntry] = {}
        for name in days:
            export.read_day(name, channel, messages)
            done += 1
            seen(done, total)
        if messages or channels:
            incidents.append(export.incident(channel, messages))
    problems = (*export.archive.left_alone, *problems, *export.shown_problems())
    if not incidents and not problems:
        problems = (NO_MESSAGES,)
    return Reading(tuple(incidents), problems, is_readable=bool(chosen))


class _Export:
    """An opened export, and what was wrong with it."""

    def __init__(self, archive: Archive, *, zone: str | None, now: datetime) -> None:
        self.archive, self.zone, self.now = archive, zone, now
        self.problems: list[str] = []
        names = archive.names()
        index = min((name for name in names if _file(name) == "channels.json"), key=len, default=None)
        if index is None:
            raise ArchiveError(NO_CHANNELS)
        self.root = index.removesuffix("channels.json")
        self.channels = (
            *self._listed("channels.json", is_public=True),
            *self._listed("groups.json", is_public=False),
        )
        self.people = dict(self._people())
        self.channel_names = {channel.id: channel.name for channel in self.channels}
        self.folders: dict[str, list[str]] = {}
        for name in names:
            folder, _slash, file = name.removeprefix(self.root).partition("/")
            if name.startswith(self.root) and _DAY.fullmatch(file):
                self.folders.setdefault(folder, []).append(name)

    def _listed(self, file: str, *, is_public: bool) -> list[_Channel]:
        return [
            _Channel(
                words(record, "id"),
                words(record, "name"),
                words(inside(record, "topic"), "value") or words(inside(record, "purpose"), "value"),
                is_public,
            )
            for record in self._records(file)
            if words(record, "name")
        ]

    def _people(self) -> list[tuple[str, str]]:
        return [
            (words(record, "id"), words(inside(record, "profile"), "display_name", "real_name") or name)
            for record in self._records("users.json")
            if (name := words(record, "real_name", "name", "id"))
        ]

    def _records(self, file: str) -> list[Record]:
        if self.root + file not in self.archive.names():
            return []
        try:
            text, _lost = decoded(self.archive.read(self.root + file))
            return [record_of(value) for value in documents(text)]
        except (BrokenError, NotTextError) as error:
            self.problems.append(f"{file}: {error}")
            return []

    def choose(self, wanted: Sequence[str]) -> tuple[list[_Channel], tuple[str, ...]]:
        """Return the wanted channels, and a sentence for each one that is not there or not read."""
        if not wanted:
            public = [channel for channel in self.channels if channel.is_public]
            return public, () if public else ("There is no public channel in this export.",)
        chosen: list[_Channel] = []
        problems: list[str] = []
        for name in wanted:
            plain = name.strip().lstrip("#")
            match = next((one for one in self.channels if plain in {one.id, one.name}), None)
            if match is not None and match not in chosen:
                chosen.append(match)
            elif match is None and _DIRECT.fullmatch(plain):
                problems.append(f"{plain}: {DIRECT}")
            elif match is None:
                public = sorted(one.name for one in self.channels if one.is_public)
                there = ", ".join(public[:_SHOWN_PROBLEMS]) or "none"
                problems.append(f"There is no channel “{plain}” in this export. There are: {there}.")
        return chosen, tuple(problems)

    def days(self, channel: _Channel) -> list[str]:
        """Return the files of a channel, the first day first."""
        return sorted(self.folders.get(channel.name, []))

    def read_day(self, name: str, channel: _Channel, messages: dict[str, ImportedEntry]) -> None:
        """Add the messages of one file, each under its `ts`, so that the same message counts once."""
        place = name.removeprefix(self.root)
        try:
            text, lost = decoded(self.archive.read(name))
            self.problems.extend(f"{place}: {sentence}" for sentence in lost)
            for number, value in enumerate(documents(text), 1):
                record = record_of(value)
                subtype = words(record, "subtype")
                if subtype == "message_deleted":
                    messages.pop(words(record, "deleted_ts"), None)
                    continue
                if subtype in _COMINGS:
                    continue
                if subtype == "message_changed":  # the message as it read in the end, inside of what tells so
                    record = inside(record, "message")
                ts = record.get("ts")
                said = self._said(record)
                try:
                    at = slack_stamp(ts if isinstance(ts, str) else "")
                except StampError:
                    self.problems.append(f"{place}, message {number}: it has no time and was left out.")
                    continue
                if said:
                    messages[str(ts)] = entry_from(at, said)
        except (ArchiveError, BrokenError, NotTextError) as error:
            told = str(error)
            self.problems.append(told if place in told else f"{place}: {told}")

    def _said(self, record: Record) -> str:
        """Return the words of a message, else those of its blocks, else of what is attached to it."""
        text = words(record, "text") or block_words(record)
        if not text:
            attached = (
                words(one, "fallback", "text", "pretext", "title") or block_words(one)
                for one in many(record, "attachments")
            )
            text = "\n".join(part for part in attached if part)
        files = [words(file, "title", "name") for file in many(record, "files")]
        named = "".join(f" [file: {name}]" for name in files if name)
        return (self._plain(text) + named).strip()

    def _plain(self, text: str) -> str:
        return plain_words(text, people=self.people, channels=self.channel_names)

    def incident(self, channel: _Channel, messages: dict[str, ImportedEntry]) -> ImportedIncident:
        """Return a channel as an incident."""
        entries = tuple(sorted(messages.values(), key=lambda entry: entry.at))
        times, doubts = times_told(_moments(entries))
        problems = doubts if entries else ("There is no message in this channel.",)
        incident = ImportedIncident(
            source_id=source_id("slack", channel.id or channel.name),
            title=title_from(self._plain(channel.about)) or title_from(f"#{channel.name}"),
            zone=self.zone or "UTC",
            times=times,
            entries=entries,
            problems=problems,
        )
        return checked(incident, now=self.now)

    def shown_problems(self) -> tuple[str, ...]:
        """Return the problems, the first of them in full."""
        more = len(self.problems) - _SHOWN_PROBLEMS
        rest = (f"And {more} more like these.",) if more > 0 else ()
        return (*self.problems[:_SHOWN_PROBLEMS], *rest)


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _moments(entries: Sequence[ImportedEntry]) -> tuple[Moment, ...]:
    """Return the moments that the words of the messages tell, as they would be read from a pasted log."""
    lines = [Entry(entry.at, None, entry.text, "", Span(0, 0), "") for entry in entries]
    return moments(entry_clues(lines), lines, (), ())
