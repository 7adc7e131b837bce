"""What an incident cost, for programs: the inputs, and the range that follows from them."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.impact.selectors import counted, impact_inputs
from fairlead.commons.impact.services import impact_write
from fairlead.commons.incidents.api import incident_for
from fairlead.commons.incidents.models import Incident
from fairlead.core.impact import ImpactError
from fairlead.people.programs.access import needs
from fairlead.people.programs.models import Scope
from fairlead.people.programs.plain import Number, Whole
from fairlead.people.programs.problems import READING_ONE, WRITING, Problem
from fairlead.people.programs.texts import text
from fairlead.people.selectors import organisation

router = Router(tags=["impact"])

Money = Annotated[
    Whole | None, Field(ge=0, le=10**14, description="In minor units of the currency; null: not said.")
]
Share = Annotated[Number | None, Field(ge=0, le=1, max_digits=6, decimal_places=5)]
Count = Annotated[Number | None, Field(ge=0, lt=10**9, max_digits=12, decimal_places=2)]
Step = Literal["", "none", "small", "noticeable", "heavy"]


class ImpactGiven(Schema):
    """Everything the range is made of. What is left out or null has not been said."""

    model_config = ConfigDict(extra="forbid")

    rate_per_hour: Money = None
    stated_low: Money = None
    stated_likely: Money = None
    stated_high: Money = None
    share_low: Share = None
    share_likely: Share = None
    share_high: Share = None
    recovered_low: Share = None
    recovered_likely: Share = None
    recovered_high: Share = None
    contacts_low: Count = None
    contacts_likely: Count = None
    contacts_high: Count = None
    cost_per_contact: Money = None
    credits_low: Money = None
    credits_likely: Money = None
    credits_high: Money = None
    hours_low: Count = None
    hours_likely: Count = None
    hours_high: Count = None
    cost_per_hour: Money = None
    support: Step = ""
    teams: Step = ""
    reputation: Step = ""
    reputation_words: text(5_000) = ""
    assumptions: text(20_000, about="One a line.") = ""


class Range(Schema):
    """What it cost, in minor units of the currency."""

    currency: str
    low: int
    likely: int
    high: int


class ImpactTold(Schema):
    """What has been said about the cost, and the range that follows; null while times or figures are missing."""

    inputs: ImpactGiven | None
    range: Range | None
    currency: str


def impact_told(incident: Incident, inputs: ImpactInputs | None) -> dict[str, object]:
    """Return what has been said about the cost as ImpactTold tells it."""
    try:
        impact = counted(incident, inputs) if inputs else None
    except ImpactError:  # its inputs fitted together when they were written; a time was changed since
        impact = None
    total = impact.total if impact else None
    return {
        "inputs": inputs,
        "currency": organisation().currency,
        "range": impact
        and {
            "currency": impact.currency,
            "low": int(total.low),
            "likely": int(total.likely),
            "high": int(total.high),
        },
    }


@router.get(
    "/incidents/{uuid:incident_id}/impact",
    response={200: ImpactTold, READING_ONE: Problem},
    **needs(Scope.INCIDENTS_READ),
)
def impact_read(request: HttpRequest, incident_id: UUID) -> dict[str, object]:
    """What an incident cost, as far as anybody has said."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    return impact_told(incident, impact_inputs(actor, incident))


@router.put(
    "/incidents/{uuid:incident_id}/impact",
    response={200: ImpactTold, WRITING: Problem},
    **needs(Scope.INCIDENTS_WRITE),
)
def impact_say(request: HttpRequest, incident_id: UUID, given: ImpactGiven) -> dict[str, object]:
    """Say what an incident cost; what is left out is not known again."""
    actor = request.auth.actor
    incident = incident_for(actor, incident_id)
    return impact_told(incident, impact_write(actor, incident=incident, values=given.model_dump()))
