"""The walk as a form: each question with its answers and its evidence, from the playbook."""

import uuid
from typing import Any

from django import forms

from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import WalkQuestion

_LONGEST = 20_000


class WalkForm(forms.Form):
    """All questions of the walk; which of them are needed depends on the answers, and the service says so."""

    walk_id = forms.UUIDField(widget=forms.HiddenInput)
    action = forms.CharField(
        label="Which one action is this about?",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One walk for one action, in plain words.",
    )
    decision = forms.TypedChoiceField(
        label="What you decide", required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label="Your reasons",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your own words. The engineer reads them and can reply.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"walk_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        playbook = load_default()
        self.questions: tuple[WalkQuestion, ...] = playbook.walk.questions
        self.repeat_tests: tuple[WalkQuestion, ...] = playbook.walk.repeat_tests
        for question in (*self.questions, *self.repeat_tests):
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                required=False,
                choices=[(choice.key, choice.label) for choice in question.answers],
                widget=forms.RadioSelect,
            )
            if question.evidence_prompt:
                self.fields[f"{question.key}_evidence"] = forms.CharField(
                    label=question.evidence_prompt,
                    required=False,
                    max_length=_LONGEST,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.fields["decision"].choices = [(str(t.number), t.title) for t in playbook.types]

    def given(self) -> dict[str, Any]:
        """Return the answers and the evidence of a valid form, by question key."""
        keys = [question.key for question in (*self.questions, *self.repeat_tests)]
        data = self.cleaned_data
        return {
            "answers": {key: data[key] for key in keys if data.get(key)},
            "evidence": {key: data[f"{key}_evidence"] for key in keys if data.get(f"{key}_evidence")},
        }


class RaterForm(forms.Form):
    """Whom to ask for the second look."""

    rater = forms.ModelChoiceField(
        queryset=None, label="Who looks at it independently", empty_label="Choose a manager"
    )

    def __init__(self, raters: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rater"].queryset = raters
