"""What was understood of a text, as the page shows it: in neutral words, with what was changed and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from fairlead.core.deidentify.finding import Finding
from fairlead.core.deidentify.neutral import replaces
from fairlead.core.importing.telling import times_told
from fairlead.core.importing.values import MOMENTS, clean, title_from
from fairlead.core.intake import Understanding, understand
from fairlead.core.intake.doubles import KnownLines
from fairlead.core.intake.mechanism import Candidate, mechanism_candidates
from fairlead.core.intake.written import Line, lines_written
from fairlead.core.wording import format_money
from fairlead.foundation import clock
from fairlead.people.selectors import organisation
from fairlead.sources.records.proposals import propose

MOST_LINES: Final = 1_000  # what a person can look over; the rest waits in the source
_LONGEST_REST: Final = 20_000  # characters; a longer text is a log, not an account of what happened
_MOST_CHANGES: Final = 40
_WHOLE: Final = 100
_GAP: Final = re.compile(r"\n(?:[ \t]*\n){2,}")  # where lines of the timeline stood
_DAY_ALONE: Final = re.compile(r"^[ \t]*\d{4}-\d\d-\d\d[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Figure:
    """Something the text says about the cost: its words, and the values it would become."""

    key: str
    words: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line with a time as it stands in the text, with its speaker if one was named.

    `is_shown` says that it is among those to look over, `is_known` that the incident's record holds it already.
    """

    at: datetime
    words: str
    is_shown: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is known of the incident that a text is added to: its clock, its day, its lines."""

    zone: str
    day: date | None
    lines: KnownLines


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything the page of confirmation shows."""

    title: str
    customer_saw: str
    zone: str
    day: date | None
    times: Mapping[str, datetime | None]
    services: str
    rest: str
    lines: str
    raw: tuple[RawLine, ...]
    more: int
    candidates: tuple[Candidate, ...]
    figures: tuple[Figure, ...]
    changed: tuple[Finding, ...]
    doubtful: tuple[Finding, ...]  # what may tell who it was, and a person has to rewrite
    notes: tuple[str, ...]


def understood(text: str, *, zone: str | None = None, on_record: OnRecord | None = None) -> Understood:
    """Return what a text says, in words that point at nobody. `zone` is what a person chose, if one has.

    A text that is added to what is `on_record` takes zone and day from there where it names none, and lines that are
    known are not shown again.
    """
    found = _read(text, zone, on_record)
    known = on_record.lines if on_record else KnownLines()
    whole = [f"{entry.speaker}: {entry.text}" if entry.speaker else entry.text for entry in found.entries]
    new = [
        number
        for number, (entry, words) in enumerate(zip(found.entries, whole, strict=True))
        if not known.has(Line(entry.at, words))
    ]
    rest = _rest(text, found)
    title = (title_from(found.title.value) if found.title else None) or ""
    saw = found.customer_saw.value if found.customer_saw else ""
    saw = "" if saw.casefold() == title.casefold() else saw  # said once, it is read once
    words = [clean(found.entries[number].text) for number in new[:MOST_LINES]]
    proposals = propose([title, saw, rest, *words])
    lines = {
        number: line
        for number, proposal in zip(
            new, proposals[3:], strict=False
        )  # those beyond the most wait in the source
        if not known.has(line := Line(found.entries[number].at, proposal.words or "…"))
    }
    waiting = set(new[MOST_LINES:])
    findings = [one for proposal in proposals for one in proposal.findings]
    told, doubts = times_told(found.moments)
    return Understood(
        title=proposals[0].words,
        customer_saw=proposals[1].words,
        zone=found.zone.value if found.zone else "",
        day=found.day.value if found.day else None,
        times={name: getattr(told, name) for name in MOMENTS},
        services=", ".join(service.value for service in found.services),
        rest="" if proposals[2].words == proposals[0].words else proposals[2].words,
        lines=lines_written(lines.values(), zone=found.zone.value if found.zone else "UTC"),
        raw=tuple(
            RawLine(entry.at, words, number in lines, number not in lines and number not in waiting)
            for number, (entry, words) in enumerate(zip(found.entries, whole, strict=True))
        ),
        more=len(waiting),
        candidates=mechanism_candidates(text),
        figures=_figures(found),
        changed=_once(one for one in findings if replaces(one)),
        doubtful=_once(one for one in findings if not replaces(one)),
        notes=(*found.notes, *doubts),
    )


def _read(text: str, zone: str | None, on_record: OnRecord | None) -> Understanding:
    now = clock.now()
    found = understand(text, now=now, zone=zone)
    if on_record is None:
        return found
    if found.zone is None:
        zone = on_record.zone
        found = understand(text, now=now, zone=zone)
    if on_record.day and (found.day is None or found.day.span is None):  # nothing in the text says the day
        found = understand(text, now=now, zone=zone, date=on_record.day)
    return found


def _rest(text: str, found: Understanding) -> str:
    """Return the text without its lines of the timeline, if it is short enough to be an account."""
    parts: list[str] = []
    at = 0
    for entry in found.entries:
        parts.append(text[at : entry.span.start])
        at = max(at, entry.span.end)
    parts.append(text[at:])
    rest = _GAP.sub("\n\n", _DAY_ALONE.sub("", clean("".join(parts)))).strip()
    return rest if len(rest) <= _LONGEST_REST else ""


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    first: dict[str, Finding] = {}
    for one in findings:
        first.setdefault(one.shown.casefold(), one)
    return tuple(first.values())[:_MOST_CHANGES]


def _figures(found: Understanding) -> tuple[Figure, ...]:
    currency = organisation().currency
    figures: list[Figure] = []
    # Nothing is converted: an amount in another currency stays in the text.
    amount = next((one for one in found.money if one.currency == currency), None)
    if amount is not None and amount.per_hour:
        words = f"{format_money(amount.minor, currency)} of revenue an hour"
        figures.append(Figure("cost", words, {"rate_per_hour": amount.minor}))
    elif amount is not None:
        figures.append(
            Figure(
                "cost",
                f"{format_money(amount.minor, currency)} in all",
                dict.fromkeys(("stated_low", "stated_likely", "stated_high"), amount.minor),
            )
        )
    for one in found.measures:
        share = Decimal(one.value.numerator) / Decimal(one.value.denominator)
        if one.key == "share" and "share" not in {figure.key for figure in figures}:
            words = f"{(share * _WHOLE).normalize():f} % of customers"
            figures.append(Figure("share", words, {"share_likely": round(share, 5)}))
        elif one.key == "support" and "support" not in {figure.key for figure in figures}:
            words = f"{share.normalize():,f} contacts with support"
            figures.append(Figure("support", words, {"contacts_likely": round(share, 2)}))
    return tuple(figures)
