"""The form of an incident."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.moments import WHICH, as_wall_clock, clock_field, to_utc
from fairlead.commons.incidents.zones import ZoneSelect, zone_choices
from fairlead.core.localtime import order_problems
from fairlead.core.playbook.reader import load_default
from fairlead.foundation import clock

TIMES = ("started", "detected", "reported", "mitigated", "resolved")
_LONGEST = 200_000


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def _mechanism_choices() -> list[tuple[str, str]]:
    return [("", "Not known yet"), *((m.key, m.label) for m in load_default().mechanisms)]


class IncidentForm(forms.Form):
    """What happened, with wall-clock times in one zone; `cleaned_data["values"]` are the model's values."""

    incident_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        max_length=200, help_text="One line a colleague will recognise. Systems, not people."
    )
    customer_saw = forms.CharField(
        label="What the customer saw",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what_happened = forms.CharField(
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In order, as far as you know it. Everybody can read this, so it names nobody.",
    )
    zone = forms.ChoiceField(label="Time zone of the times below", choices=zone_choices, widget=ZoneSelect)
    started = clock_field("Started", "When it began for the customer.")
    detected = clock_field("Detected", "When somebody or something noticed.")
    reported = clock_field("Reported", "When the people on call were told.")
    mitigated = clock_field("Mitigated", "When customers were served again.")
    resolved = clock_field("Resolved", "When it was over.")
    mechanism = forms.ChoiceField(
        label="How it came about",
        required=False,
        choices=_mechanism_choices,
        help_text="The way it happened, not what broke.",
    )
    mechanism_words = forms.CharField(
        label="In your own words, if none of these fits", required=False, max_length=300
    )
    severity = forms.ChoiceField(
        required=False, choices=[("", "Not decided yet"), *Incident.Severity.choices]
    )
    trigger = forms.ChoiceField(choices=Incident.Trigger.choices, initial=Incident.Trigger.UNKNOWN)
    detected_by = forms.ChoiceField(
        label="Noticed by", choices=Incident.DetectedBy.choices, initial=Incident.DetectedBy.UNKNOWN
    )
    services = forms.CharField(label="Services", required=False, max_length=500)
    regions = forms.CharField(label="Regions", required=False, max_length=500)
    kind = forms.ChoiceField(choices=Incident.Kind.choices, initial=Incident.Kind.INCIDENT)

    _KEPT: ClassVar = [
        "title",
        "customer_saw",
        "what_happened",
        "zone",
        "mechanism",
        "mechanism_words",
        "severity",
        "trigger",
        "detected_by",
        "services",
        "regions",
        "kind",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what_happened"].is_the_heart = True
        for name in TIMES:
            self.fields[f"{name}_which"] = forms.ChoiceField(
                required=False, choices=WHICH, label=f"{name.capitalize()}:"
            )

    @classmethod
    def blank(cls, *, zone: str) -> "IncidentForm":
        """Return an empty form with a new id, in the viewer's zone."""
        return cls(initial={"incident_id": uuid.uuid4(), "zone": zone})

    @classmethod
    def of(cls, incident: Incident) -> "IncidentForm":
        """Return the form filled with an incident, its times as the clock on the wall showed them."""
        kept = {name: getattr(incident, name) for name in cls._KEPT}
        times = {name: as_wall_clock(getattr(incident, f"{name}_at"), incident.zone) for name in TIMES}
        return cls(initial={**kept, **times, "edition": incident.edition})

    def twice(self) -> set[str]:
        """Return the times that happened twice on a day when the clocks went back, so that the page asks which."""
        return {
            name
            for name in TIMES
            for error in self.errors.as_data().get(name, [])
            if error.code == "ambiguous"
        }

    def clean(self) -> dict[str, Any]:
        """Turn wall-clock times into UTC and check their order."""
        data = super().clean() or {}
        moments: dict[str, Any] = {}
        for name in TIMES:
            try:
                moments[name] = to_utc(data.get(name), data.get("zone", "UTC"), data.get(f"{name}_which", ""))
            except ValidationError as error:
                self.add_error(name, error)
        if len(moments) == len(TIMES):
            for problem in order_problems(**moments, now=clock.now()):
                self.add_error(problem.field, problem.message)
        data["values"] = {name: data.get(name, "") for name in self._KEPT} | {
            f"{name}_at": moment for name, moment in moments.items()
        }
        return data


class IncidentFilterForm(forms.Form):
    """The filters of the list, in its address."""

    q = forms.CharField(label="Words", required=False, max_length=500)
    kind = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Any"),
            (Incident.Kind.INCIDENT, "Incidents"),
            (Incident.Kind.NEAR_MISS, "Near misses"),
        ],
    )
    severity = forms.ChoiceField(
        required=False, choices=[("", "Any"), *((s.value, s.value.upper()) for s in Incident.Severity)]
    )
    mechanism = forms.ChoiceField(label="How it came about", required=False)
    service = forms.CharField(required=False, max_length=100)
    factor = forms.ChoiceField(label="Condition at work", required=False)
    strength = forms.ChoiceField(label="Improvement that is", required=False)
    since = _day("From")
    until = _day("Until")
    unfinished = forms.BooleanField(label="Improvements not done yet", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        playbook = load_default()
        self.fields["mechanism"].choices = [("", "Any"), *((m.key, m.label) for m in playbook.mechanisms)]
        self.fields["strength"].choices = [("", "Any"), *((s.key, s.label) for s in playbook.strengths)]
        self.fields["factor"].choices = [
            ("", "Any"),
            *((q.title, [(leaf.key, leaf.label) for leaf in q.leaves]) for q in playbook.factor_questions),
        ]
