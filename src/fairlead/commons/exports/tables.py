"""What stands in each table to take away. Programs of others read these names, so they stay what they are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.spreadsheet import lines

Row = Mapping[str, object]

INCIDENTS: Final = (
    "id",
    "kind",
    "title",
    "services",
    "regions",
    "severity",
    "zone",
    "started_at",
    "detected_at",
    "reported_at",
    "mitigated_at",
    "resolved_at",
    "detected_by",
    "trigger",
    "mechanism",
    "mechanism_words",
    "customer_saw",
    "what_happened",
    "page",
)
IMPROVEMENTS: Final = (
    "id",
    "incident",
    "incident_title",
    "words",
    "factors",
    "strength",
    "owner",
    "due_on",
    "tracker_link",
    "state",
    "closing_words",
    "closed_on",
)
TIMELINE: Final = ("id", "incident", "incident_title", "at", "words")
FACTORS: Final = ("id", "incident", "incident_title", "question", "leaf", "words", "raised_by", "owner")


def told(value: object) -> str:
    """Return a value as the words of a cell: times in UTC, days as days, nothing for what is not known."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def header(columns: Iterable[str]) -> str:
    """Return the first line of a table."""
    return lines([columns])


def as_lines(columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    """Return rows as the lines of a table."""
    return lines([told(row[name]) for name in columns] for row in rows)


def _row(thing: object, columns: Iterable[str], **others: object) -> Row:
    return {name: others[name] if name in others else getattr(thing, name) for name in columns}


def incident_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Yield each incident as a row."""
    for one in incidents:
        yield _row(one, INCIDENTS, page=settings.FAIRLEAD_URL + reverse("incident", args=[one.pk]))


def improvement_rows(improvements: Iterable[Improvement]) -> Iterator[Row]:
    """Yield each improvement as a row; the conditions it answers stand as question and condition."""
    for one in improvements:
        answers = " ".join(f"{factor.question}:{factor.leaf}" for factor in one.factors.all())
        yield _row(one, IMPROVEMENTS, **_of(one.incident), factors=answers)


def entry_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Yield each entry of the timelines of these incidents as a row."""
    for incident in incidents:
        for entry in incident.entries.all():
            yield _row(entry, TIMELINE, **_of(incident))


def factor_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Yield each condition that was named about these incidents as a row."""
    for incident in incidents:
        for factor in incident.factors.all():
            yield _row(factor, FACTORS, **_of(incident))


def _of(incident: Incident) -> dict[str, object]:
    return {"incident": incident.pk, "incident_title": incident.title}
