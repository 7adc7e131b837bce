"""`talk.json`: what `fairlead now` writes and a server adopts (documented in docs/talk-json.md).

It holds what was understood about an incident, the inputs of the impact and the text it came from. It has
no field for a person. Times are UTC, money is in integer minor units, a share is decimal text.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final, NoReturn, cast

from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.localtime import LocalTimeError, known_zone

FAMILY: Final = "fairlead.talk/"
VERSION: Final = 1
LARGEST: Final = 32 * 1024 * 1024  # characters; a text of 10 MB fits with every character escaped
_LONGEST_LINE: Final = 2_000
_MOST_ENTRIES: Final = 1_000_000
_LARGEST_MONEY: Final = 10**15


class TalkFileError(ValueError):
    """The text is not a talk.json that this version can adopt; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TalkEntry:
    """A line of the timeline: a moment in UTC and its words."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TalkTimes:
    """The four moments of the incident in UTC; None where not known."""

    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None


@dataclass(frozen=True, slots=True)
class TalkFile:
    """The content of a talk.json.

    `share` is the share of customers affected, as a fraction of one. `support` is how much the support desk
    had to carry. `mechanism` is a key of the playbook. `check_ins` are the proposed days, `talk_on` the day
    of the talk. `text` is what was pasted or typed, unchanged.
    """

    id: uuid.UUID
    made_at: datetime
    playbook_id: str
    playbook_version: str
    title: str
    customer_saw: str
    zone: str
    times: TalkTimes
    entries: tuple[TalkEntry, ...]
    cost: Cost | None
    share: Fraction | None
    support: Step | None
    mechanism: str | None
    team_size: int | None
    talk_on: date
    check_ins: tuple[date, ...]
    text: str


def write_talk(talk: TalkFile) -> str:
    """Return the JSON text of a talk file, the same for the same talk."""
    cost = talk.cost
    content = {
        "schema": f"{FAMILY}{VERSION}",
        "id": str(talk.id),
        "made_at": _utc(talk.made_at),
        "playbook": {"id": talk.playbook_id, "version": talk.playbook_version},
        "title": talk.title,
        "customer_saw": talk.customer_saw,
        "zone": talk.zone,
        "times": {
            "started": _utc(talk.times.started),
            "detected": _utc(talk.times.detected),
            "mitigated": _utc(talk.times.mitigated),
            "resolved": _utc(talk.times.resolved),
        },
        "entries": [{"at": _utc(entry.at), "text": entry.text} for entry in talk.entries],
        "impact": {
            "currency": cost.currency if cost else None,
            "total": dict(zip(("low", "likely", "high"), cost.total, strict=True))
            if cost and cost.total
            else None,
            "rate_per_hour": cost.rate if cost else None,
            "share": None if talk.share is None else str(talk.share),
            "support": None if talk.support is None else talk.support.value,
        },
        "mechanism": talk.mechanism,
        "team_size": talk.team_size,
        "talk_on": talk.talk_on.isoformat(),
        "check_ins": [day.isoformat() for day in talk.check_ins],
        "source": {"text": talk.text},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_talk(text: str) -> TalkFile:
    """Return the talk in a JSON text.

    Raises TalkFileError for a text that is broken, cut off, too large, written by a newer version, or not a
    talk.json at all; the message names the field and what should stand there.
    """
    if len(text) > LARGEST:
        raise TalkFileError(
            f"This file is too large to be a talk.json (more than {LARGEST // 1024 // 1024} MB)."
        )
    root = _Part(_parsed(text), "")
    _check_schema(root.content.get("schema"))
    impact, playbook, source = root.part("impact"), root.part("playbook"), root.part("source")
    times = root.part("times")
    talk = TalkFile(
        id=root.uuid("id"),
        made_at=root.moment("made_at") or root.refuse("made_at", "a time in UTC"),
        playbook_id=playbook.line("id"),
        playbook_version=playbook.line("version"),
        title=root.line("title"),
        customer_saw=root.line("customer_saw"),
        zone=root.zone("zone"),
        times=TalkTimes(*(times.moment(key) for key in ("started", "detected", "mitigated", "resolved"))),
        entries=tuple(_entry(part) for part in root.parts("entries")),
        cost=_cost(impact),
        share=impact.share("share"),
        support=impact.step("support"),
        mechanism=root.optional_line("mechanism"),
        team_size=root.count("team_size", most=1_000_000),
        talk_on=root.day("talk_on"),
        check_ins=root.days("check_ins"),
        text=source.text("text"),
    )
    if talk.times.started and talk.times.resolved and talk.times.resolved < talk.times.started:
        raise TalkFileError("This talk.json is damaged: the incident would have ended before it started.")
    return talk


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parsed(text: str) -> Mapping[str, Any]:
    def refuse(_constant: str) -> NoReturn:
        raise ValueError

    try:
        content = json.loads(text.removeprefix("\ufeff"), parse_constant=refuse)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}"
        raise TalkFileError(
            f"This talk.json is damaged or cut off, near {place}. Take the file as `fairlead now` wrote it."
        ) from None
    except (ValueError, RecursionError):
        raise TalkFileError("This talk.json is damaged. Take the file as `fairlead now` wrote it.") from None
    if not isinstance(content, dict):
        raise TalkFileError("This file is not a talk.json. It should be one that `fairlead now` wrote.")
    return cast("dict[str, Any]", content)


def _check_schema(schema: object) -> None:
    number = schema.removeprefix(FAMILY) if isinstance(schema, str) and schema.startswith(FAMILY) else ""
    if not (number.isascii() and number.isdigit() and len(number) < 6):  # noqa: PLR2004 -- no version is that long
        raise TalkFileError("This file is not a talk.json. It should be one that `fairlead now` wrote.")
    if int(number) > VERSION:
        raise TalkFileError(
            f"This talk.json was written by a newer Fairlead ({schema}). Update this one first."
        )
    if int(number) < VERSION:
        raise TalkFileError(
            f"No version of Fairlead has written {schema}. Take the file as `fairlead now` wrote it."
        )


def _entry(part: "_Part") -> TalkEntry:
    return TalkEntry(part.moment("at") or part.refuse("at", "a time in UTC"), part.text("text"))


def _cost(impact: "_Part") -> Cost | None:
    currency, rate = impact.optional_line("currency"), impact.count("rate_per_hour", most=_LARGEST_MONEY)
    total = None
    if impact.content.get("total") is not None:
        figures = impact.part("total")
        low, likely, high = (figures.count(key, most=_LARGEST_MONEY) for key in ("low", "likely", "high"))
        if low is None or likely is None or high is None or not low <= likely <= high:
            impact.refuse("total", "three amounts, low to high")
        total = (low, likely, high)
    if total is None and rate is None:
        return None
    if currency is None or (total is not None and rate is not None):
        impact.refuse("currency", "a currency, with either a total or a rate")
    return Cost(currency, total, rate)


@dataclass(frozen=True, slots=True)
class _Part:
    """An object of the file and its place, with a reader for each kind of value."""

    content: Mapping[str, Any]
    place: str

    def refuse(self, key: str, wanted: str) -> NoReturn:
        raise TalkFileError(f"This talk.json is damaged: “{self.place}{key}” should be {wanted}.")

    def part(self, key: str) -> "_Part":
        value = self.content.get(key)
        if not isinstance(value, dict):
            self.refuse(key, "a group of fields")
        return _Part(cast("dict[str, Any]", value), f"{self.place}{key}.")

    def parts(self, key: str) -> tuple["_Part", ...]:
        values = self._list(key)
        return tuple(
            _Part(cast("dict[str, Any]", value), f"{self.place}{key}[{number}].")
            if isinstance(value, dict)
            else self.refuse(f"{key}[{number}]", "a group of fields")
            for number, value in enumerate(values)
        )

    def _list(self, key: str) -> list[Any]:
        value = self.content.get(key)
        if not isinstance(value, list) or len(cast("list[Any]", value)) > _MOST_ENTRIES:
            self.refuse(key, "a list")
        return cast("list[Any]", value)

    def text(self, key: str) -> str:
        value = self.content.get(key)
        if not isinstance(value, str):
            self.refuse(key, "text")
        return value.encode("utf-8", "replace").decode("utf-8")  # half a character, escaped, cannot be kept

    def line(self, key: str) -> str:
        value = self.text(key)
        if len(value) > _LONGEST_LINE or "\n" in value:
            self.refuse(key, "one line of text")
        return value

    def optional_line(self, key: str) -> str | None:
        return None if self.content.get(key) is None else self.line(key)

    def uuid(self, key: str) -> uuid.UUID:
        try:
            return uuid.UUID(self.line(key))
        except ValueError:
            self.refuse(key, "the id that `fairlead now` gave it")

    def zone(self, key: str) -> str:
        try:
            return known_zone(self.line(key)).key
        except LocalTimeError:
            self.refuse(key, "a time zone such as Europe/Berlin")

    def moment(self, key: str) -> datetime | None:
        value = self.content.get(key)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(self.line(key))
            if moment.tzinfo is None:
                self.refuse(key, "a time in UTC, such as 2026-11-19T13:27:00Z")
            return moment.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            if isinstance(error, TalkFileError):
                raise
            self.refuse(key, "a time in UTC, such as 2026-11-19T13:27:00Z")

    def day(self, key: str) -> date:
        return self._day(self.content.get(key), key)

    def days(self, key: str) -> tuple[date, ...]:
        return tuple(self._day(value, f"{key}[{number}]") for number, value in enumerate(self._list(key)))

    def _day(self, value: object, key: str) -> date:
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.refuse(key, "a day such as 2026-11-19")

    def count(self, key: str, *, most: int) -> int | None:
        value = self.content.get(key)
        if value is None:
            return None
        if type(value) is not int or not 0 <= value <= most:
            self.refuse(key, "a whole number")
        return value

    def share(self, key: str) -> Fraction | None:
        value = self.optional_line(key)
        if value is None:
            return None
        try:
            share = Fraction(value) if len(value) < 40 else Fraction(-1)  # noqa: PLR2004 -- "4/5", "0.8"
        except (ValueError, ZeroDivisionError):
            share = Fraction(-1)
        if not 0 <= share <= 1:
            self.refuse(key, "a share between 0 and 1")
        return share

    def step(self, key: str) -> Step | None:
        value = self.optional_line(key)
        if value is None:
            return None
        try:
            return Step(value)
        except ValueError:
            self.refuse(key, "none, small, noticeable or heavy")
