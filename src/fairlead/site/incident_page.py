"""What the page of one incident draws: facts in words, the impact bar."""

from dataclasses import dataclass

from fairlead.commons.incidents.models import Incident
from fairlead.core.impact import Impact
from fairlead.core.playbook.reader import load_default
from fairlead.core.wording import format_money, minor_digits


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
