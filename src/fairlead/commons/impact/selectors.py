"""Reading what an incident cost."""

from decimal import Decimal
from fractions import Fraction

from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.incidents.models import Incident
from fairlead.core import impact as core
from fairlead.core.visibility import Actor
from fairlead.people.selectors import organisation

Number = int | Decimal | None


def _range(inputs: ImpactInputs, name: str) -> core.Range | None:
    """Return a range from its three columns; a figure left out takes the likely one."""
    low, likely, high = (getattr(inputs, f"{name}_{end}") for end in ("low", "likely", "high"))
    known = [value for value in (likely, low, high) if value is not None]
    if not known:
        return None
    middle = known[0]
    return core.Range(*(Fraction(middle if value is None else value) for value in (low, likely, high)))


def _profile(inputs: ImpactInputs) -> core.HourlyProfile | None:
    if inputs.profile is not None:
        return core.HourlyProfile(tuple(inputs.profile.rates))
    return None if inputs.rate_per_hour is None else core.HourlyProfile.flat(inputs.rate_per_hour)


def impact_inputs(actor: Actor, incident: Incident) -> ImpactInputs | None:
    """Return what has been written about the cost, or None."""
    return ImpactInputs.objects.select_related("profile").filter(incident=incident).first()


def impact_of(actor: Actor, incident: Incident) -> core.Impact | None:
    """Return what the incident cost as far as it can be counted, or None while times or inputs are missing.

    Raises `core.impact.ImpactError` when the inputs contradict one another.
    """
    inputs = impact_inputs(actor, incident)
    if inputs is None:
        return None
    return counted(incident, inputs)


def counted(incident: Incident, inputs: ImpactInputs) -> core.Impact | None:
    """Return the range for inputs that need not be saved yet. Raises `core.impact.ImpactError`."""
    ended = incident.mitigated_at or incident.resolved_at
    if incident.started_at is None or ended is None:
        return None
    org = organisation()
    stated = _range(inputs, "stated")
    if stated is not None:
        return core.as_stated(incident.started_at, ended, org.currency, stated)
    return core.estimate(
        core.ImpactInputs(
            started=incident.started_at,
            ended=ended,
            zone=inputs.profile.zone if inputs.profile else org.zone,
            currency=org.currency,
            profile=_profile(inputs),
            share=_range(inputs, "share"),
            recovered=_range(inputs, "recovered"),
            support_contacts=_range(inputs, "contacts"),
            cost_per_contact=inputs.cost_per_contact,
            sla_credits=_range(inputs, "credits"),
            staff_hours=_range(inputs, "hours"),
            cost_per_staff_hour=inputs.cost_per_hour,
            assumptions=tuple(line.strip() for line in inputs.assumptions.splitlines() if line.strip()),
        )
    )
