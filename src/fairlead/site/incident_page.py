"""What the page of one incident draws: facts in words, the impact bar, the timeline to scale."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fairlead.commons.incidents.models import Incident
from fairlead.core.impact import Impact, duration_words
from fairlead.core.playbook.reader import load_default
from fairlead.core.wording import format_money, minor_digits

_MOMENTS = (
    ("started", "Started"),
    ("detected", "Detected"),
    ("reported", "Reported"),
    ("mitigated", "Mitigated"),
    ("resolved", "Resolved"),
)
_SPANS = (
    ("To detect", "started", "detected"),
    ("To mitigate", "started", "mitigated"),
    ("To resolve", "started", "resolved"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """The impact range as texts and positions from 0 to 100."""

    low: str
    likely: str
    high: str
    low_at: float
    likely_at: float
    high_at: float


def _rounded(minor: int, currency: str) -> str:
    """Write an amount with three leading digits: a range to the cent would claim to know more than anybody does."""
    unit = 10 ** minor_digits(currency)
    major = round(minor / unit)
    step = 10 ** max(0, len(str(major)) - 3)
    return format_money(round(major / step) * step * unit, currency)


def impact_bar(impact: Impact | None) -> Bar | None:
    """Return the bar of an impact; its right end stands at 96 so that the edge is seen."""
    if impact is None or not impact.total.high:
        return None
    total = impact.total
    low, likely, high = (
        float(value) / float(total.high) * 96 for value in (total.low, total.likely, total.high)
    )
    texts = (_rounded(int(value), impact.currency) for value in (total.low, total.likely, total.high))
    return Bar(*texts, low, likely, high)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def _known_moments(incident: Incident) -> list[tuple[str, str, datetime]]:
    moments = ((key, label, getattr(incident, f"{key}_at")) for key, label in _MOMENTS)
    return [(key, label, at) for key, label, at in moments if at is not None]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries and phases with positions from 0 to 100."""

    entries: list[dict[str, object]]
    phases: list[dict[str, object]]


def timeline_of(incident: Incident) -> Timeline | None:
    """Return the timeline drawn to scale, or None while fewer than two moments are known."""
    known = _known_moments(incident)
    if len({at for _, _, at in known}) < 2:  # noqa: PLR2004 - a line needs two ends
        return None
    first, last = min(at for _, _, at in known), max(at for _, _, at in known)
    whole = (last - first).total_seconds()

    def position(at: datetime) -> float:
        return round((at - first).total_seconds() / whole * 100, 2)

    by_key = {key: at for key, _, at in known}
    phases: list[dict[str, object]] = [
        {
            "title": title,
            "start": position(by_key[start]),
            "end": position(by_key[end]),
            "duration": duration_words(_minutes(by_key[end] - by_key[start])),
        }
        for title, start, end in _SPANS
        if start in by_key and end in by_key
    ]
    entries: list[dict[str, object]] = [
        {"at": at, "words": label, "position": position(at)}
        for _, label, at in sorted(known, key=lambda one: one[2])
    ]
    return Timeline(entries, phases)


def facts_of(incident: Incident) -> list[tuple[str, str]]:
    """Return what is known in pairs of a term and its words."""
    mechanism = next((m.label for m in load_default().mechanisms if m.key == incident.mechanism), "")
    pairs = [
        ("How it came about", incident.mechanism_words or mechanism or "Not known yet"),
        ("Severity", incident.get_severity_display() if incident.severity else "Not decided yet"),
        ("Trigger", incident.get_trigger_display()),
        ("Noticed by", incident.get_detected_by_display()),
        ("Services", incident.services),
        ("Regions", incident.regions),
        ("Times were read in", incident.zone),
    ]
    return [(term, words) for term, words in pairs if words]
