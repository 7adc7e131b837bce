"""The form of an impact: money typed in whole currency, kept in minor units."""

from decimal import Decimal
from typing import Any

from django import forms

from fairlead.commons.impact.models import STEPS, ImpactInputs, RevenueProfile
from fairlead.core.wording import minor_digits

RANGES = {
    "share": "percent",
    "recovered": "percent",
    "contacts": "count",
    "credits": "money",
    "hours": "count",
    "stated": "money",
}
MONEY = ("rate_per_hour", "cost_per_contact", "cost_per_hour")
ENDS = ("low", "likely", "high")
_STEPS = [("", "Not said"), *STEPS]


_MOST_MONEY = 10**12  # whole currency; more than any company is worth
_MOST_COUNTED = 10**9
_HIGHEST = {"percent": 100, "money": _MOST_MONEY, "count": _MOST_COUNTED}


def _number(label: str = "", kind: str = "money") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=_HIGHEST[kind],
        max_digits=16,
        decimal_places=2 if kind == "count" else 3,
    )


class ImpactForm(forms.Form):
    """Everything the range is made of; each may be left out."""

    profile = forms.ModelChoiceField(
        RevenueProfile.objects.order_by("name"),
        required=False,
        label="Hourly revenue profile",
        empty_label="No profile",
    )
    rate_per_hour = _number("Or one number: revenue an hour")
    cost_per_contact = _number("Cost of one support contact")
    cost_per_hour = _number("Cost of one staff hour")
    support = forms.ChoiceField(label="Load on the support desk", choices=_STEPS, required=False)
    teams = forms.ChoiceField(label="Other teams drawn in", choices=_STEPS, required=False)
    reputation = forms.ChoiceField(label="Reputation", choices=_STEPS, required=False)
    reputation_words = forms.CharField(
        label="What was said outside",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5_000,
    )
    assumptions = forms.CharField(
        label="Assumptions, one a line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minor = Decimal(10) ** minor_digits(currency)
        self.currency = currency
        for name, kind in RANGES.items():
            for end in ENDS:
                self.fields[f"{name}_{end}"] = _number(end.capitalize(), kind)

    def _scale(self, name: str) -> Decimal:
        kind = "money" if name in MONEY else RANGES.get(name.rpartition("_")[0], "")
        return {"money": self.minor, "percent": Decimal("0.01")}.get(kind, Decimal(1))

    @classmethod
    def of(cls, inputs: ImpactInputs | None, *, currency: str) -> "ImpactForm":
        """Return the form filled with what is kept."""
        form = cls(currency=currency)
        if inputs is not None:
            for name in form.fields:
                value = getattr(inputs, name)
                number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
                form.initial[name] = (Decimal(value) / form._scale(name)).normalize() if number else value
                if number:
                    form.initial[name] = f"{form.initial[name]:f}"
        return form

    def clean(self) -> dict[str, Any]:
        """Turn percents into fractions and money into minor units."""
        data = super().clean() or {}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if isinstance(value, Decimal):
                scaled = value * self._scale(name)
                money = self._scale(name) == self.minor and name.rpartition("_")[0] not in {
                    "contacts",
                    "hours",
                }
                values[name] = round(scaled) if money else scaled
            else:
                values[name] = value
        return {**data, "values": values}
