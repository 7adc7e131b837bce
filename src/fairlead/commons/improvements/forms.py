"""Forms of improvements."""

import uuid
from typing import Any

from django import forms

from fairlead.commons.factors.models import Factor
from fairlead.commons.improvements.board import STATES
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.playbook.reader import load_default


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class ImprovementForm(forms.Form):
    """One improvement."""

    improvement_id = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
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
                "edition": improvement.edition,
                "factors": improvement.factors.all(),
                **{name: getattr(improvement, name) for name in names},
            },
        )


class DecisionDayForm(forms.Form):
    """By when a better improvement will be decided, and by whom."""

    owner = forms.CharField(label="Who decides", help_text="A role or a team.", max_length=120)
    due_on = _day("By")


class DoneForm(forms.Form):
    """What shows that an improvement is done."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    closing_words = forms.CharField(
        label="What shows it",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where it runs, what it refused, the change that went through it. Somebody who was not there should "
        "be able to look.",
    )


class DropForm(forms.Form):
    """Why an improvement is dropped."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    closing_words = forms.CharField(
        label="Why it is dropped",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The condition it answers is still there: what answers it now?",
    )


class ReopenForm(forms.Form):
    """Why an improvement is opened again."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label="What was seen", max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))


class BoardFilterForm(forms.Form):
    """The filters of the board, in its address."""

    question = forms.ChoiceField(label="Condition", required=False)
    strength = forms.ChoiceField(required=False, choices=[("", "Any"), *Improvement.Strength.choices])
    state = forms.ChoiceField(label="Where it stands", required=False, choices=list(STATES.items()))
    owner = forms.CharField(required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = load_default().factor_questions
        self.fields["question"].choices = [("", "Any"), *((q.key, q.title) for q in questions)]
