"""Letting a colleague read a source."""

from typing import Any

from django import forms

from fairlead.core.visibility import RESPONDER_ROLE_WORDS, ResponderRole
from fairlead.people.models import Account


class ResponderForm(forms.Form):
    """Who else worked on it, and as what."""

    colleague = forms.ModelChoiceField(queryset=Account.objects.none(), empty_label="Who?")
    role = forms.ChoiceField(
        label="What they did",
        choices=[(role.value, words) for role, words in RESPONDER_ROLE_WORDS.items()],
        initial=ResponderRole.RESPONDER.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = Account.objects.filter(is_active=True).order_by("name")
