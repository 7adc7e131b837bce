"""The form of a comparison."""

from django import forms


class ComparisonForm(forms.Form):
    """Which earlier talk, and the manager's words about the two."""

    earlier = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What is the same, and what is different?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. The engineer reads it.",
    )
