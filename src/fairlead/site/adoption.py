"""Adopting a `talk.json` that `fairlead now` wrote: its facts become an incident, its figures the impact."""

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from fairlead.commons.impact.services import impact_write
from fairlead.commons.incidents.forms import TIMES, IncidentForm
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.moments import as_wall_clock
from fairlead.commons.incidents.services import incident_record
from fairlead.core.playbook.reader import load_default
from fairlead.core.talkfile import TalkFile, TalkFileError, read_talk
from fairlead.core.visibility import Actor

_LONGEST_STORY = 20_000  # characters; a longer paste is a log, not an account of what happened
_LONGEST_TITLE = 200


def _read(text: str) -> TalkFile:
    try:
        return read_talk(text)
    except TalkFileError as error:
        raise ValidationError(str(error)) from None


class TalkFileForm(forms.Form):
    """The file itself."""

    talk_file = forms.FileField(
        label="The file talk.json", help_text="From the folder that fairlead now made."
    )

    def clean_talk_file(self) -> str:
        """Return the file's text once it is known to be a talk."""
        try:
            text: str = self.cleaned_data["talk_file"].read().decode("utf-8")
        except UnicodeDecodeError:
            raise ValidationError(
                "This is not a talk.json: it is not text. Choose the file from the folder."
            ) from None
        _read(text)
        return text


class AdoptionForm(IncidentForm):
    """What was understood, to be looked over before everybody can read it; the file comes along for its figures."""

    talk = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_talk(self) -> TalkFile:
        """Return the talk."""
        return _read(self.cleaned_data["talk"])


def form_of(text: str) -> AdoptionForm:
    """Return the form filled with what a talk file holds."""
    talk = read_talk(text)
    known = {mechanism.key for mechanism in load_default().mechanisms}
    happened = talk.text
    if len(happened) > _LONGEST_STORY:
        lines = (f"{as_wall_clock(entry.at, talk.zone):%H:%M} {entry.text}" for entry in talk.entries)
        happened = "\n".join(lines)[:_LONGEST_STORY]
    times = {name: as_wall_clock(getattr(talk.times, name, None), talk.zone) for name in TIMES}
    return AdoptionForm(
        initial={
            "talk": text,
            "incident_id": talk.id,
            "title": talk.title[:_LONGEST_TITLE],
            "customer_saw": talk.customer_saw,
            "what_happened": happened,
            "zone": talk.zone,
            "mechanism": talk.mechanism if talk.mechanism in known else "",
            "kind": Incident.Kind.INCIDENT,
            "trigger": Incident.Trigger.UNKNOWN,
            "detected_by": Incident.DetectedBy.UNKNOWN,
            **times,
        }
    )


def _figures(talk: TalkFile, currency: str) -> dict[str, Any]:
    """Return the impact inputs in a talk; money only in the organisation's own currency, nothing is converted."""
    values: dict[str, Any] = {}
    if talk.cost is not None and talk.cost.currency == currency:
        if talk.cost.total is not None:
            values |= dict(zip(("stated_low", "stated_likely", "stated_high"), talk.cost.total, strict=True))
        else:
            values["rate_per_hour"] = talk.cost.rate
    if talk.share is not None:
        share = Fraction(talk.share)
        values["share_likely"] = round(Decimal(share.numerator) / Decimal(share.denominator), 5)
    if talk.support is not None:
        values["support"] = talk.support.value
    return values


def talk_adopt(
    actor: Actor, *, incident_id: uuid.UUID, values: dict[str, Any], talk: TalkFile, currency: str
) -> Incident:
    """Put a talk's incident and figures on record; the same talk twice is one incident.

    Raises Refused for somebody who may not write the commons, and NamesSomebody.
    """
    with transaction.atomic():
        incident = incident_record(actor, incident_id=incident_id, values=values)
        figures = _figures(talk, currency)
        if figures:
            impact_write(actor, incident=incident, values=figures)
    return incident
