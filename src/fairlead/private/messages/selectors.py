"""The draft of the team message, from the commons only."""

from dataclasses import dataclass

from fairlead.commons.blameless import Place, places_in, undecided_in
from fairlead.commons.incidents.models import Incident
from fairlead.commons.messages.selectors import improvement_lines, local
from fairlead.core.deidentify.neutral import in_neutral_words
from fairlead.core.impact import duration_words
from fairlead.core.playbook.reader import load_default
from fairlead.core.team_draft import TeamFacts, team_draft
from fairlead.core.visibility import Actor
from fairlead.private.cases.door import OpenCase
from fairlead.private.messages.models import Release


def first_draft(actor: Actor, incident: Incident) -> str:
    """Return a first draft from what the commons knows of the incident."""
    ended = incident.mitigated_at or incident.resolved_at
    minutes = None
    if incident.started_at and ended:
        minutes = round((ended - incident.started_at).total_seconds() / 60)
    started = local(incident.started_at, incident.zone) if incident.started_at else None
    return team_draft(
        load_default().team,
        TeamFacts(
            customer_saw=incident.customer_saw,
            how=next((m.in_a_sentence for m in load_default().mechanisms if m.key == incident.mechanism), ""),
            when=f"{started:%A %-d %B at %H:%M}" if started else "",
            duration=duration_words(minutes) if minutes is not None else "",
            improvements=improvement_lines(actor, incident),
        ),
    )


def release_of(opened: OpenCase) -> Release | None:
    """Return the release of this case, or None."""
    return Release.objects.filter(case=opened.case).first()


@dataclass(frozen=True, slots=True)
class ToDealWith:
    """What a draft must not hold when the team is told: names, and what is changed or kept with a reason."""

    names: tuple[Place, ...]
    others: tuple[Place, ...]
    neutral: str  # the draft without names; empty when it names nobody


def to_deal_with(words: str, incident: Incident | None) -> ToDealWith:
    """Return what in a draft names somebody, and what may tell who somebody was."""
    places = places_in({"words": words}, zone=incident.zone if incident else "")
    names = tuple(place for place in places if place.finding.level == "direct")
    neutral = in_neutral_words(words, [place.finding for place in names]) if names else ""
    return ToDealWith(names, undecided_in(places, {}), neutral)
