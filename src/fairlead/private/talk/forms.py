"""The form that begins a talk."""

from typing import Any

from django import forms


class BeginForm(forms.Form):
    """Whom the talk is with."""

    engineer = forms.ModelChoiceField(
        queryset=None, label="With whom", empty_label="Choose somebody of your team"
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engineer"].queryset = people
