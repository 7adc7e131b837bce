"""The forms of a hand-over."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from fairlead.core.handover import MAY_GO_OVER, THING_WORDS, Thing
from fairlead.people.models import Account


def _choices(things: Iterable[Thing]) -> list[tuple[str, str]]:
    return [(thing.value, THING_WORDS[thing]) for thing in things]


class _ToSomebody(forms.Form):
    """Whom to ask; only those who manage a team of the engineer."""

    hand_over_id = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ModelChoiceField(queryset=None, label="Who goes on", empty_label="Choose somebody")

    def __init__(self, people: Collection[Account], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"hand_over_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        chosen = Account.objects.filter(pk__in=[one.pk for one in people])
        self.fields["to"].queryset = chosen.order_by("name")


class HandOverForm(_ToSomebody):
    """Whom to ask, and which earlier things may go along; none is chosen beforehand."""

    offered = forms.MultipleChoiceField(
        label="What may go along",
        required=False,
        choices=_choices(MAY_GO_OVER),
        widget=forms.CheckboxSelectMultiple,
        help_text="What you do not tick stays with the two of you. The engineer decides on the rest, piece by piece.",
    )

    def things(self) -> tuple[Thing, ...]:
        """Return what was ticked."""
        return tuple(Thing(value) for value in self.cleaned_data["offered"])


class NextForm(_ToSomebody):
    """Whom the engineer asks while nobody leads, and whether their own account goes along."""

    gives_account = forms.BooleanField(label="They may read my account as it stands", required=False)


class AnswerForm(forms.Form):
    """What the engineer lets go along, of what was offered; none is chosen beforehand."""

    allowed = forms.MultipleChoiceField(
        label="What goes along", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offered: Collection[Thing], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = _choices(offered)
        self.fields["allowed"].help_text = "What you do not tick stays with you." if offered else ""

    def things(self) -> tuple[Thing, ...]:
        """Return what was ticked."""
        return tuple(Thing(value) for value in self.cleaned_data["allowed"])


class AloneForm(forms.Form):
    """What the engineer wants to have beside the end."""

    words = forms.CharField(
        label="Something you want to say at the end",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
