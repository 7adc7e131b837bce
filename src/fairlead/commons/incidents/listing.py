"""The list of incidents: filters that narrow it, and pages that stay fast however long it is."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.commons.incidents.models import Incident, IncidentService
from fairlead.core.search_words import parse
from fairlead.core.visibility import Actor
from fairlead.foundation.search.finding import holders

PER_PAGE = 40
_FEW = 1_000
_SHOWN = ("id", "kind", "title", "severity", "zone", "started_at", "resolved_at")


@dataclass(frozen=True, slots=True)
class IncidentFilters:
    """What of the list is looked at; empty means all of it. Days are days in `zone`, both inclusive."""

    q: str = ""
    kind: str = ""
    severity: str = ""
    mechanism: str = ""
    service: str = ""
    factor: str = ""
    strength: str = ""
    since: date | None = None
    until: date | None = None
    unfinished: bool = False
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: the incident after which it goes on. Incidents without a start stand at its end."""

    started_at: datetime | None
    key: uuid.UUID

    def __str__(self) -> str:
        return f"{self.started_at.astimezone(UTC).isoformat() if self.started_at else ''}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place an address names, or None for whatever is not one."""
        moment, tilde, key = text.partition("~")
        try:
            started_at = datetime.fromisoformat(moment) if moment else None
            if started_at is not None and started_at.tzinfo is None:
                return None
            return cls(started_at, uuid.UUID(key)) if tilde else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """One page of the list, where the next one begins, and whether the words stand in more than was looked at."""

    incidents: list[Incident]
    onward: Place | None
    capped: bool = False


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _on_days(filters: IncidentFilters) -> Q:
    wanted = Q()
    if filters.since:
        wanted &= Q(started_at__gte=_midnight(filters.since, filters.zone))
    if filters.until:
        wanted &= Q(started_at__lt=_midnight(filters.until + timedelta(days=1), filters.zone))
    return wanted


def _of_service(found: QuerySet[Incident], service: str) -> QuerySet[Incident]:
    """Keep the incidents of a service, whose name may be begun only.

    Few are looked up one by one; of many the list is walked from the newest on until a page is full.
    """
    name = " ".join(service.split()).casefold()
    named = IncidentService.objects.filter(name__gte=name, name__lt=name + "\U0010ffff")
    if named.order_by()[_FEW : _FEW + 1].exists():
        return found.filter(Exists(named.filter(incident=OuterRef("pk"))))
    return found.filter(pk__in=named.values("incident_id"))


def _above(relation: str) -> QuerySet[Any]:
    """Return the rows of a table that stands above this one, by the name of its relation to incidents."""
    related = Incident._meta.get_field(relation).related_model  # noqa: SLF001 - Django's documented way
    return related.objects.order_by()


def _filtered(filters: IncidentFilters, found: QuerySet[Incident]) -> QuerySet[Incident]:
    for name in ("kind", "severity", "mechanism"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    if filters.service:
        found = _of_service(found, filters.service)
    if filters.factor:
        found = found.filter(pk__in=_above("factors").filter(leaf=filters.factor).values("incident_id"))
    here = _above("improvements").filter(incident=OuterRef("pk"))
    if filters.strength:
        found = found.filter(Exists(here.filter(strength=filters.strength)))
    if filters.unfinished:
        found = found.filter(Exists(here.filter(state="open")))
    return found.filter(_on_days(filters))


def _chosen(filters: IncidentFilters, found: QuerySet[Incident]) -> tuple[QuerySet[Incident], bool]:
    """Return those that pass every filter and hold the words, and whether the words stand in too many texts."""
    found = _filtered(filters, found)
    if not filters.q:
        return found, False
    held = holders(parse(filters.q))
    return found.filter(pk__in=held.ids), held.capped


def incidents_chosen(actor: Actor, filters: IncidentFilters) -> QuerySet[Incident]:
    """Return every incident that passes every filter, for reading one after the other."""
    return _chosen(filters, Incident.objects.all())[0]


def incident_list(actor: Actor, filters: IncidentFilters, *, after: Place | None = None) -> IncidentPage:
    """Return one page of the incidents that pass every filter, newest first, those without a start at the end."""
    found, capped = _chosen(filters, Incident.objects.only(*_SHOWN))
    page: list[Incident] = []
    if after is None or after.started_at is not None:
        dated = found.filter(started_at__isnull=False).order_by("-started_at", "id")
        if after is not None:
            later_key = Q(started_at=after.started_at, pk__gt=after.key)
            dated = dated.filter(
                Q(started_at__lt=after.started_at) | later_key, started_at__lte=after.started_at
            )
        page = list(dated[: PER_PAGE + 1])
    if len(page) <= PER_PAGE and not (filters.since or filters.until):
        undated = found.filter(started_at__isnull=True).order_by("id")
        if after is not None and after.started_at is None:
            undated = undated.filter(pk__gt=after.key)
        page += undated[: PER_PAGE + 1 - len(page)]
    last = page[PER_PAGE - 1] if len(page) > PER_PAGE else None
    return IncidentPage(page[:PER_PAGE], Place(last.started_at, last.pk) if last else None, capped)
