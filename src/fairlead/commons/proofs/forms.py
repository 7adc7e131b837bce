"""Forms of waivers."""

import uuid

from django import forms

from fairlead.core.waivers import CODE_WORDS


class WaiverForm(forms.Form):
    """Why there is no proof, and until when that holds."""

    waiver_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.ChoiceField(
        label="Why there is no proof", choices=list(CODE_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In a sentence or two",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What holds until then, and what would have to happen for a proof.",
    )
    until = forms.DateField(
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Within a year. Then it counts as not done again, and everybody concerned is told.",
    )

    @classmethod
    def blank(cls) -> "WaiverForm":
        """Return an empty form with the id of what it makes."""
        return cls(initial={"waiver_id": uuid.uuid4()})


class SignForm(forms.Form):
    """For whom somebody signs."""

    signer = forms.CharField(
        label="You sign for",
        max_length=120,
        help_text="A role or a team, such as Security: another one than the owner of the improvement.",
    )
