"""The form of a declaration."""

import uuid
from typing import Any

from django import forms

from fairlead.commons.harmless.models import HarmlessWord


class HarmlessForm(forms.Form):
    """One word, machine, network, mailbox or role."""

    word_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What it is", choices=HarmlessWord.Kind.choices)
    words = forms.CharField(max_length=200, help_text="As it stands in your texts. Capitals do not matter.")
    holders = forms.IntegerField(
        label="How many people hold the role",
        required=False,
        min_value=0,
        max_value=30_000,
        help_text="For a role alone. Held by fewer than five, it points at somebody.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"word_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
