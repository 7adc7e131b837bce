"""The form of a token."""

import uuid

from django import forms

from fairlead.people.programs.models import Scope

LIVES = [(30, "30 days"), (90, "90 days"), (180, "half a year"), (366, "a year")]


class TokenForm(forms.Form):
    """What a program is called, what it may ask for, and for how long."""

    token_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="What the program is",
        max_length=120,
        help_text="So that you know it again: “deploy pipeline”, “status page”.",
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do for you",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Never more than you may do yourself at that moment. Our talk has no access for programs at all.",
    )
    days = forms.TypedChoiceField(label="For how long", choices=LIVES, coerce=int, initial=90)

    @classmethod
    def blank(cls) -> "TokenForm":
        """Return an empty form with a new id."""
        return cls(initial={"token_id": uuid.uuid4(), "days": 90})
