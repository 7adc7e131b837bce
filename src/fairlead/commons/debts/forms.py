"""The form of a debt."""

from django import forms

from fairlead.commons.debts.models import Debt


class DebtForm(forms.Form):
    """Who answers for it, until when, and what was done."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    owner = forms.CharField(
        max_length=120, label="Who answers for it", help_text="A role or a team above the engineers."
    )
    due_on = forms.DateField(required=False, label="By when", widget=forms.DateInput(attrs={"type": "date"}))
    answer = forms.CharField(
        required=False,
        label="What was done about it",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="With this the debt is settled. Until then leave it empty.",
    )

    @classmethod
    def about(cls, debt: Debt) -> "DebtForm":
        """Return the form as the debt stands."""
        names = ("edition", "owner", "due_on", "answer")
        return cls(initial={name: getattr(debt, name) for name in names})
