"""What is on record about an incident, as a preparation for a talk needs it."""

from datetime import date

from fairlead.commons.impact.selectors import impact_inputs, impact_of
from fairlead.commons.incidents.models import Incident
from fairlead.core.impact import ImpactError
from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.playbook.reader import load_default
from fairlead.core.preparation import Facts, Preparation, prepare
from fairlead.core.visibility import Actor


def _step(value: str) -> Step | None:
    return Step(value) if value else None


def _cost(actor: Actor, incident: Incident) -> Cost | None:
    try:
        impact = impact_of(actor, incident)
    except ImpactError:
        return None  # the incident's page shows what contradicts; here nothing is said rather than something wrong
    if impact is None or not impact.total.high:
        return None
    low, likely, high = (int(value) for value in (impact.total.low, impact.total.likely, impact.total.high))
    return Cost(currency=impact.currency, total=(low, likely, high), rate=None)


def preparation_for(actor: Actor, incident: Incident, *, talk_on: date) -> Preparation:
    """Return the preparation for a talk about an incident on record, on the day of the talk."""
    inputs, playbook = impact_inputs(actor, incident), load_default()
    known = {mechanism.key for mechanism in playbook.mechanisms}
    facts = Facts(
        title=incident.title,
        customer_saw=incident.customer_saw,
        zone=incident.zone,
        talk_on=talk_on,
        started=incident.started_at,
        resolved=incident.mitigated_at or incident.resolved_at,
        cost=_cost(actor, incident),
        support=_step(inputs.support) if inputs else None,
        teams=_step(inputs.teams) if inputs else None,
        reputation=_step(inputs.reputation) if inputs else None,
        mechanism=incident.mechanism if incident.mechanism in known else None,
    )
    return prepare(facts, playbook)
