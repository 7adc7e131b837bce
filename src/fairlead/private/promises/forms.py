"""The form of a promise."""

import uuid
from typing import Any

from django import forms

from fairlead.core.ledger import Side
from fairlead.core.visibility import Role


class PromiseForm(forms.Form):
    """Who owes what, and by when or how often."""

    promise_id = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    owed_by = forms.ChoiceField(label="Who promises", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What is promised",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Specific enough that both of you can tell whether it was kept.",
    )
    due_on = forms.DateField(label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    cadence = forms.CharField(
        label="Or how often",
        required=False,
        max_length=200,
        help_text="For example: with every change, even when it is late.",
    )

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine, theirs = (
            ("the engineer", "the manager") if role is Role.ENGINEER else ("the manager", "the engineer")
        )
        sides = {"engineer": Side.ENGINEER, "manager": Side.MANAGER}
        self.fields["owed_by"].choices = [
            (sides[mine.removeprefix("the ")].value, f"I do ({mine})"),
            (sides[theirs.removeprefix("the ")].value, f"You do ({theirs})"),
            (Side.ORGANISATION.value, "The organisation; the manager speaks for it"),
        ]

    @classmethod
    def blank(cls, role: Role, **initial: Any) -> "PromiseForm":
        """Return an empty form with a new id."""
        return cls(role, initial={"promise_id": uuid.uuid4(), **initial})


class ReplyForm(forms.Form):
    """Something beside a promise."""

    reply_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="In my words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands beside the promise for good. Nothing that was said of it changes.",
    )

    @classmethod
    def blank(cls) -> "ReplyForm":
        """Return an empty form with a new id."""
        return cls(initial={"reply_id": uuid.uuid4()})
