"""A timeline drawn to scale: what is known of an incident, laid out for a page, a phone and paper.

Positions run from 0 to 100. Times are written as the incident's clock showed them, and beside that as the viewer's
did where it differs. Lengths are measured in UTC, so that an hour the clocks took or gave does not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final, Literal
from zoneinfo import ZoneInfo

from fairlead.core.localtime import minutes_between
from fairlead.core.timescale import (
    DayStart,
    Scale,
    Tick,
    change_of_clocks,
    clock,
    days_on,
    scale_around,
    ticks_on,
)
from fairlead.core.wording import duration_words

MOMENTS: Final = ("started", "detected", "reported", "mitigated", "resolved")

_CLOSE: Final = 1.8  # entries nearer than this, in hundredths of the line, are drawn as one
_LABEL: Final = 1.15  # how much of the line a letter of a label takes, at the width the page gives it
_TALL_GAP: Final = 7.0  # how far apart labels stand when the line runs downward on a phone
_LEANS_FROM: Final = 55.0  # a label behind this point stands left of it, so that it fits
_AROUND: Final = timedelta(hours=1)
_ENOUGH: Final = 2  # a line needs two ends


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry: its id, its aware moment, its words."""

    key: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind the drawing; `day` is said where it begins, `other` where the clocks differ."""

    kind: Literal["moment", "entry"]
    key: str
    at: datetime
    words: str
    clock: str
    other: str
    day: str = ""
    position: float | None = None  # None: outside the drawing


@dataclass(frozen=True, slots=True)
class Flag:
    """A known moment on the line, or several that are one; `lane` counts upward, so that no words overlap."""

    keys: tuple[str, ...]
    at: datetime
    words: str
    clock: str
    position: float
    tall_position: float
    lane: int
    leans_left: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Entries that stand so close that they are drawn as one point."""

    keys: tuple[str, ...]
    at: datetime
    position: float
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A length that follows from the moments, with what it means; positions where it is drawn as a phase."""

    key: str
    title: str
    words: str
    definition: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The drawing itself. `before` and `after` count the entries that lie too far off to be drawn to scale."""

    scale: Scale
    flags: tuple[Flag, ...]
    clusters: tuple[Cluster, ...]
    phases: tuple[Figure, ...]
    ticks: tuple[Tick, ...]
    days: tuple[DayStart, ...]
    before: int
    after: int
    lanes: int
    note: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a page shows: the rows in order, the lengths, and the line where there is something to draw."""

    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    lasted: Figure | None
    line: Line | None
    zone: str
    other_zone: str  # empty where the viewer's clock shows the same as the incident's throughout


# key, title, from, to, what it means
_LENGTHS: Final = (
    (
        "detect",
        "Time to detect",
        "detected",
        "From the start until somebody or something noticed: detected − started.",
    ),
    (
        "mitigate",
        "Time to mitigate",
        "mitigated",
        "From the start until customers were served again: mitigated − started.",
    ),
    ("resolve", "Time to resolve", "resolved", "From the start until it was over: resolved − started."),
)


def timeline(
    moments: Sequence[tuple[str, datetime]], entries: Sequence[Happening], *, zone: str, viewer_zone: str
) -> Timeline:
    """Lay out the known moments, each a key of MOMENTS with its aware time, and the entries in their order.

    Entries of one minute stay in the order given.
    """
    known = {key: at.astimezone(UTC) for key, at in moments}
    scale = _scale(list(known.values()), [entry.at for entry in entries])
    rows = _rows(known, entries, scale, zone, viewer_zone)
    figures = _figures(known, scale)
    return Timeline(
        rows=rows,
        figures=figures,
        lasted=_lasted(known),
        line=None if scale is None else _line(scale, known, rows, figures, (zone, viewer_zone)),
        zone=zone,
        other_zone=viewer_zone if any(row.other for row in rows) else "",
    )


def moment_words(key: str) -> str:
    """Return the word a moment has on pages."""
    return key.capitalize()


def _scale(moments: list[datetime], entries: list[datetime]) -> Scale | None:
    """Choose what is drawn: the moments, and the entries that are not so far off that all else would be one point."""
    if len(moments) < _ENOUGH or min(moments) == max(moments):
        around = [*moments, *entries]
        return scale_around(min(around), max(around)) if around else None
    first, last = min(moments), max(moments)
    reach = max(last - first, _AROUND)
    near = [at for at in entries if first - reach <= at <= last + reach]
    return scale_around(min([first, *near]), max([last, *near]))


def _rows(
    known: dict[str, datetime],
    entries: Sequence[Happening],
    scale: Scale | None,
    zone: str,
    viewer_zone: str,
) -> tuple[Row, ...]:
    found: list[tuple[Literal["moment", "entry"], str, datetime, str]] = [
        *(("moment", key, known[key], moment_words(key)) for key in MOMENTS if key in known),
        *(("entry", entry.key, entry.at.astimezone(UTC), entry.words) for entry in entries),
    ]
    rows: list[Row] = []
    last_day = None
    for kind, key, at, words in sorted(found, key=lambda one: one[2]):
        day = at.astimezone(ZoneInfo(zone)).date()
        rows.append(
            Row(
                kind=kind,
                key=key,
                at=at,
                words=words,
                clock=clock(at, zone),
                other=clock(at, viewer_zone, beside=zone),
                day="" if day == last_day else f"{day:%A} {day.day} {day:%B} {day.year}",
                position=scale.position(at) if scale is not None and scale.holds(at) else None,
            )
        )
        last_day = day
    return tuple(rows)


def _figures(known: dict[str, datetime], scale: Scale | None) -> tuple[Figure, ...]:
    started = known.get("started")
    if started is None:
        return ()
    return tuple(
        Figure(
            key=key,
            title=title,
            words=_length(started, known[until]),
            definition=definition,
            start=None if scale is None else scale.position(started),
            end=None if scale is None else scale.position(known[until]),
        )
        for key, title, until, definition in _LENGTHS
        if until in known
        and known[until] >= started  # a length below nothing is a slip of the pen, not a length
    )


def _lasted(known: dict[str, datetime]) -> Figure | None:
    started = known.get("started")
    ended = known.get("mitigated", known.get("resolved"))
    if started is None or ended is None or ended < started:
        return None
    until = (
        "customers were served again" if "mitigated" in known else "it was over, as no mitigation is known"
    )
    definition = f"From the start until {until}."
    return Figure("lasted", "It lasted", _length(started, ended), definition)


def _length(started: datetime, ended: datetime) -> str:
    minutes: Fraction = minutes_between(started, ended)
    return duration_words(minutes) if minutes else "at once"


def _line(
    scale: Scale,
    known: dict[str, datetime],
    rows: tuple[Row, ...],
    figures: tuple[Figure, ...],
    zones: tuple[str, str],
) -> Line:
    zone, viewer_zone = zones
    flags = _flags(known, scale, zone)
    entries = [row for row in rows if row.kind == "entry"]
    return Line(
        scale=scale,
        flags=flags,
        clusters=_clusters(entries),
        phases=figures,
        ticks=ticks_on(scale, zone, viewer_zone),
        days=days_on(scale, zone),
        before=sum(row.at < scale.start for row in entries),
        after=sum(row.at > scale.end for row in entries),
        lanes=max((flag.lane + 1 for flag in flags), default=0),
        note=" ".join(filter(None, (change_of_clocks(scale, one) for one in dict.fromkeys(zones)))),
    )


def _flags(known: dict[str, datetime], scale: Scale, zone: str) -> tuple[Flag, ...]:
    at_once: dict[datetime, list[str]] = {}
    for key in MOMENTS:
        if key in known:
            at_once.setdefault(known[key], []).append(key)
    flags: list[Flag] = []
    for at, keys in sorted(at_once.items()):
        position = scale.position(at)
        flag = Flag(
            keys=tuple(keys),
            at=at,
            words=moment_words(", ".join(keys)),
            clock=clock(at, zone),
            position=position,
            tall_position=position,
            lane=0,
            leans_left=position > _LEANS_FROM,
        )
        flags.append(replace(flag, lane=_free_lane(flag, flags)))
    return tuple(_apart(flags))


def _reach(flag: Flag) -> tuple[float, float]:
    """Return from where to where the words of a flag stand."""
    width = (len(flag.words) + len(flag.clock) + 2) * _LABEL
    return (
        (flag.position - width, flag.position) if flag.leans_left else (flag.position, flag.position + width)
    )


def _free_lane(flag: Flag, others: list[Flag]) -> int:
    left, right = _reach(flag)
    taken = {other.lane for other in others for start, end in [_reach(other)] if left < end and start < right}
    return next(lane for lane in range(len(others) + 1) if lane not in taken)


def _apart(flags: list[Flag]) -> Iterable[Flag]:
    """Push the words of a line that runs downward apart: from the top down, then back up from the end."""
    tops = [flag.position for flag in flags]
    for number in range(1, len(tops)):
        tops[number] = max(tops[number], tops[number - 1] + _TALL_GAP)
    limit = 100.0
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], limit)
        limit = tops[number] - _TALL_GAP
    return (replace(flag, tall_position=round(top, 2)) for flag, top in zip(flags, tops, strict=True))


def _clusters(entries: list[Row]) -> tuple[Cluster, ...]:
    groups: list[list[tuple[float, Row]]] = []
    for row in entries:
        if row.position is None:
            continue
        if groups and row.position - groups[-1][0][0] < _CLOSE:
            groups[-1].append((row.position, row))
        else:
            groups.append([(row.position, row)])
    return tuple(
        Cluster(
            keys=tuple(row.key for _, row in group),
            at=group[0][1].at,
            position=round(sum(position for position, _ in group) / len(group), 2),
            words=(
                f"{group[0][1].clock} {group[0][1].words}"
                if len(group) == 1
                else f"{len(group)} entries from {group[0][1].clock} to {group[-1][1].clock}"
            ),
        )
        for group in groups
    )
