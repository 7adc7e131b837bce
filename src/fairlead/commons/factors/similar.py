"""Has this happened before? Incidents like one of ours, each with the reason."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Substr

from fairlead.commons.factors.models import Factor
from fairlead.commons.factors.selectors import leaf_labels
from fairlead.commons.incidents.models import Incident, IncidentService
from fairlead.commons.incidents.selectors import mechanism_labels
from fairlead.core.search_words import words_of
from fairlead.core.services_named import services_named
from fairlead.core.similar import Match, Traits, similar, telling_words
from fairlead.core.visibility import Actor
from fairlead.foundation.search.finding import with_some_of

_LOOKED_AT = 15  # for each way of being similar, the newest
_BEGINNING = 300  # characters of what happened; what it was about stands first
_WORDS = 6


@dataclass(frozen=True, slots=True)
class SimilarIncident:
    """An incident that is like another one, and why."""

    incident: Incident
    reasons: tuple[str, ...]


def _traits(incidents: list[Incident]) -> list[Traits]:
    factors: dict[uuid.UUID, set[str]] = defaultdict(set)
    for incident, leaf in Factor.objects.filter(incident__in=[one.pk for one in incidents]).values_list(
        "incident_id", "leaf"
    ):
        factors[incident].add(leaf)
    return [
        Traits(
            key=str(one.pk),
            mechanism=one.mechanism,
            services=frozenset(services_named(one.services)),
            factors=frozenset(factors[one.pk] - {"other"}),
            words=tuple(words_of(f"{one.title} {one.customer_saw[:_BEGINNING]} {one.beginning}")),  # type: ignore[attr-defined]
        )
        for one in incidents
    ]


def _read() -> QuerySet[Incident]:
    return Incident.objects.only(
        "id", "kind", "title", "mechanism", "services", "customer_saw", "started_at", "zone"
    ).annotate(beginning=Substr("what_happened", 1, _BEGINNING))


def _candidates(this: Traits) -> set[uuid.UUID]:
    """Return the newest incidents with the same mechanism, with a service in common, and with words in common."""
    newest = Incident.objects.exclude(pk=this.key).order_by("-started_at", "id").values_list("pk", flat=True)
    found: set[uuid.UUID] = set()
    if this.mechanism:
        found.update(newest.filter(mechanism=this.mechanism, started_at__isnull=False)[:_LOOKED_AT])
    if this.services:
        named = IncidentService.objects.filter(name__in=this.services, started_at__isnull=False)
        newest_named = named.exclude(incident=this.key).order_by("-started_at")
        found.update(newest_named.values_list("incident_id", flat=True)[:_LOOKED_AT])
    words = telling_words(this.words)[:_WORDS]
    found.update(with_some_of(words, kinds=("incident", "near_miss"), most=_LOOKED_AT))
    return found


def similar_of(actor: Actor, incident: Incident, *, most: int = 5) -> list[SimilarIncident]:
    """Return the incidents most like this one, each with the reasons in words."""
    [this] = _traits([_read().get(pk=incident.pk)])
    return similar_to(actor, this, most=most)


def similar_to(actor: Actor, this: Traits, *, most: int = 5) -> list[SimilarIncident]:
    """Return the incidents most like whatever has these traits, each with the reasons in words."""
    others = list(_read().filter(pk__in=_candidates(this)).order_by("-started_at", "id"))
    labels = {**mechanism_labels(), **leaf_labels()}
    by_key = {str(one.pk): one for one in others}
    matches: tuple[Match, ...] = similar(this, _traits(others), labels=labels, most=most)
    return [SimilarIncident(by_key[match.key], match.reasons) for match in matches]


def similar_to_words(
    actor: Actor, *, words: str, services: str = "", mechanism: str = ""
) -> list[SimilarIncident]:
    """Return the incidents most like what the words describe, by the matcher that compares incidents."""
    nothing = str(uuid.UUID(int=0))  # no incident has this id, so none is left out
    named = frozenset(services_named(services))
    return similar_to(
        actor, Traits(nothing, mechanism=mechanism, services=named, words=tuple(words_of(words)))
    )
