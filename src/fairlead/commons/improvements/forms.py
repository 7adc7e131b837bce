"""Forms of improvements."""

import uuid
from typing import Any

from django import forms

from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.playbook.reader import load_default


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class ImprovementForm(forms.Form):
    """One improvement."""

    improvement_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What will change",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Specific enough that anybody can tell when it is there.",
    )
    factors = forms.ModelMultipleChoiceField(
        Factor.objects.none(), label="Which condition it answers", widget=forms.CheckboxSelectMultiple
    )
    strength = forms.ChoiceField(widget=forms.RadioSelect)
    owner = forms.CharField(help_text="A role or a team.", max_length=120)
    due_on = _day("By")
    tracker_link = forms.URLField(label="Link to the tracker", required=False, assume_scheme="https")

    def __init__(self, incident: Incident, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"improvement_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        playbook = load_default()
        leaves = {leaf.key: leaf.label for q in playbook.factor_questions for leaf in q.leaves}
        self.fields["factors"].queryset = Factor.objects.filter(incident=incident)
        self.fields["factors"].label_from_instance = lambda factor: leaves.get(factor.leaf, factor.words)
        self.fields["strength"].choices = [(s.key, f"{s.label}: {s.meaning}") for s in playbook.strengths]

    @classmethod
    def of(cls, improvement: Improvement) -> "ImprovementForm":
        """Return the form filled with an improvement."""
        names = ("words", "strength", "owner", "due_on", "tracker_link")
        return cls(
            improvement.incident,
            initial={
                "improvement_id": improvement.pk,
                "factors": improvement.factors.all(),
                **{name: getattr(improvement, name) for name in names},
            },
        )


class DecisionDayForm(forms.Form):
    """By when a better improvement will be decided, and by whom."""

    owner = forms.CharField(label="Who decides", help_text="A role or a team.", max_length=120)
    due_on = _day("By")
