"""The forms of the formal path."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from fairlead.core.formal import Requirement
from fairlead.private.formal.items import Choosable
from fairlead.private.formal.selectors import required_words
from fairlead.private.formal.services import WRITTEN_ELSEWHERE

_A_DAY = {"type": "date"}


class EscalateForm(forms.Form):
    """To whom, why, and with which pieces; none is chosen beforehand."""

    packet_id = forms.UUIDField(widget=forms.HiddenInput)
    hr = forms.ModelChoiceField(queryset=None, label="Whom at HR", empty_label="Choose somebody")
    reasons = forms.CharField(
        label="Your reasons",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What happened, what was tried, why it goes on. The engineer reads every word in the same moment.",
    )
    chosen = forms.MultipleChoiceField(
        label="What HR may read",
        widget=forms.CheckboxSelectMultiple,
        help_text="Piece by piece; what you do not tick stays with the two of you. Answers beside a piece go along.",
    )

    def __init__(self, partners: Any, pieces: Iterable[Choosable], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"packet_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["hr"].queryset = partners
        self.fields["chosen"].choices = [(one.key, _label(one)) for one in pieces]


def _label(piece: Choosable) -> str:
    item = piece.item
    start = " ".join(item.words.split())
    shown = start if len(start) <= 90 else start[:90].rstrip() + "…"  # noqa: PLR2004 - two lines on a phone
    return f"{', '.join(part for part in (item.title, item.by, item.on) if part)}: {shown}"


class NoteForm(forms.Form):
    """That one requirement is there."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    requirement = forms.ChoiceField(label="What is there now")
    on = forms.DateField(label="Since which day", widget=forms.DateInput(attrs=_A_DAY))
    words = forms.CharField(label="What shows it", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"entry_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        words = required_words()
        self.fields["requirement"].choices = [
            (one.value, words[one.value]) for one in Requirement if one not in WRITTEN_ELSEWHERE
        ]


class ReplyForm(forms.Form):
    """The engineer's reply."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Your reply",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In your words. You can write another one later; nobody can change what you wrote.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"entry_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class HoldForm(forms.Form):
    """Until when the packet is kept, and why."""

    hold_id = forms.UUIDField(widget=forms.HiddenInput)
    until = forms.DateField(
        label="At most until",
        widget=forms.DateInput(attrs=_A_DAY),
        help_text="Within twelve months. You can end it before, and prolong it while it lasts.",
    )
    reason = forms.CharField(
        label="The reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example the duty to keep evidence for a case at court. All three read it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"hold_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class EndHoldForm(forms.Form):
    """Why the hold ends."""

    words = forms.CharField(label="Why it ends", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(forms.Form):
    """What was decided, and when."""

    on = forms.DateField(label="Decided on", widget=forms.DateInput(attrs=_A_DAY))
    words = forms.CharField(label="What was decided", widget=forms.Textarea(attrs={"rows": 4}))
