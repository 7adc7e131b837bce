"""Forms for the questions and the factors of an incident."""

import uuid
from typing import Any

from django import forms

from fairlead.commons.factors.models import FactorAnswer
from fairlead.commons.factors.services import OTHER
from fairlead.core.playbook.schema import FactorQuestion

_LONGEST = 20_000


class AnswerForm(forms.Form):
    """The answer to one question, when no factor is named."""

    answer = forms.ChoiceField(choices=[(a.value, a.label) for a in FactorAnswer.Answer if a != "yes"])
    reason = forms.CharField(required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.CharField(
        label="Who finds it out", help_text="A role or a team.", required=False, max_length=120
    )
    due_on = forms.DateField(label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class FactorForm(forms.Form):
    """One condition under one question."""

    factor_id = forms.UUIDField(widget=forms.HiddenInput)
    leaf = forms.ChoiceField(label="What made it possible", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What it was here, and what shows it",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    raised_by = forms.CharField(
        label="Raised by", help_text="A role, not a name.", required=False, max_length=120
    )
    owner = forms.CharField(
        label="Whose job it is", help_text="A role or a team.", required=False, max_length=120
    )

    def __init__(self, question: FactorQuestion, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"factor_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["leaf"].choices = [
            *((c.key, c.label) for c in question.leaves),
            (OTHER, "Something else"),
        ]
        if question.organisational:
            self.fields["owner"].help_text = question.owner_hint
            self.fields["owner"].required = True
