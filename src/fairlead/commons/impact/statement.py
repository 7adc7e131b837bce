"""The impact statement of an incident on record."""

from fairlead.commons.impact.selectors import impact_inputs, impact_of
from fairlead.commons.incidents.models import Incident
from fairlead.core.impact import ImpactError, duration_words
from fairlead.core.impact_scale import Step
from fairlead.core.playbook.reader import load_default
from fairlead.core.statement import StatementFacts, statement_sentences
from fairlead.core.visibility import Actor


def _step(value: str) -> Step | None:
    return Step(value) if value else None


def statement_of(actor: Actor, incident: Incident) -> tuple[str, ...]:
    """Return what a manager can say aloud about the size of an incident, from what is on record."""
    inputs = impact_inputs(actor, incident)
    try:
        impact = impact_of(actor, incident)
    except ImpactError:
        impact = None  # the incident's page shows what contradicts; here nothing is said rather than something wrong
    ended = incident.mitigated_at or incident.resolved_at
    lasted = ""
    if incident.started_at and ended:
        lasted = duration_words(round((ended - incident.started_at).total_seconds() / 60))
    total = impact.total if impact and impact.total.high else None
    facts = StatementFacts(
        customer_saw=incident.customer_saw,
        duration=lasted,
        money=(int(total.low), int(total.likely), int(total.high)) if total else None,
        currency=impact.currency if impact else "",
        support=_step(inputs.support) if inputs else None,
        teams=_step(inputs.teams) if inputs else None,
        reputation=_step(inputs.reputation) if inputs else None,
    )
    return statement_sentences(load_default().statement, facts)
