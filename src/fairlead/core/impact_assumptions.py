"""The assumptions behind an impact, each as a sentence with its value, and whether somebody said it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from fairlead.core.impact_inputs import (
    EVERYONE,
    RECOVERY_UNKNOWN,
    Assumption,
    HourlyProfile,
    ImpactInputs,
    Range,
)
from fairlead.core.wording import format_money, percent, plain_number


def assumptions_of(inputs: ImpactInputs) -> tuple[Assumption, ...]:
    """Return every assumption the estimate rests on, in the order of the formula, people's own sentences
    last.
    """
    listed = [
        _profile(inputs),
        _share(inputs),
        _recovered(inputs),
        _counted("support_contacts", inputs.support_contacts, inputs.cost_per_contact, inputs.currency),
        _credits(inputs),
        _counted("staff_hours", inputs.staff_hours, inputs.cost_per_staff_hour, inputs.currency),
    ]
    own = (
        Assumption(f"own_{number}", text, "", "stated")
        for number, text in enumerate(inputs.assumptions, start=1)
    )
    return (*listed, *own)


def stated_total(total: Range, currency: str) -> Assumption:
    """Return the one assumption of a figure that was said as a whole."""
    text = "This cost was given as one figure. It was not worked out from a rate."
    return Assumption("total", text, _money(total, currency), "stated")


def _profile(inputs: ImpactInputs) -> Assumption:
    profile = inputs.profile
    if profile is None:
        text = "No revenue per hour is set yet, so lost sales are not counted."
        return Assumption("profile", text, "not set", "default")
    if profile.is_flat:
        text = "The same revenue is taken for every hour of the week."
        return Assumption(
            "profile", text, f"{format_money(profile.rates[0], inputs.currency)} an hour", "stated"
        )
    text = f"Revenue follows the usual week, hour by hour, on the clock of {inputs.zone}."
    return Assumption("profile", text, _span(profile, inputs.currency), "stated")


def _share(inputs: ImpactInputs) -> Assumption:
    if inputs.share is None:
        text = "Nobody has said yet how many customers were affected. All of them are counted."
        return Assumption("share", text, _shares(EVERYONE), "default")
    return Assumption("share", "This share of customers was affected.", _shares(inputs.share), "stated")


def _recovered(inputs: ImpactInputs) -> Assumption:
    if inputs.recovered is None:
        text = (
            "Nobody has said yet how many sales came back later. None is counted as likely; "
            "the low figure allows for three in ten."
        )
        return Assumption("recovered", text, _shares(RECOVERY_UNKNOWN), "default")
    text = "This share of the lost sales came back later."
    return Assumption("recovered", text, _shares(inputs.recovered), "stated")


_COUNTED: Final = {
    "support_contacts": (
        "Support contacts are not known yet, so they are not counted.",
        "The cost of one support contact is not set, so the contacts are not counted in money.",
        "Support contacts because of this, each at the cost given.",
        "contacts",
    ),
    "staff_hours": (
        "Staff hours are not known yet, so they are not counted.",
        "The cost of an hour of work is not set, so staff hours are not counted in money.",
        "Hours of work spent on this, each at the cost given.",
        "hours",
    ),
}


def _counted(key: str, count: Range | None, cost: int | None, currency: str) -> Assumption:
    unknown, without_cost, known, noun = _COUNTED[key]
    if count is None:
        return Assumption(key, unknown, "not counted", "default")
    amount = f"{_three(count, plain_number)} {noun}"
    if cost is None:
        return Assumption(key, without_cost, amount, "default")
    return Assumption(key, known, f"{amount}, {format_money(cost, currency)} each", "stated")


def _credits(inputs: ImpactInputs) -> Assumption:
    if inputs.sla_credits is None:
        text = "Service credits are not known yet, so they are not counted."
        return Assumption("sla_credits", text, "not counted", "default")
    text = "Credits owed to customers under their contracts."
    return Assumption("sla_credits", text, _money(inputs.sla_credits, inputs.currency), "stated")


def _span(profile: HourlyProfile, currency: str) -> str:
    least, most = format_money(min(profile.rates), currency), format_money(max(profile.rates), currency)
    return f"{least} to {most} an hour"


def _shares(value: Range) -> str:
    return _three(value, percent)


def _money(value: Range, currency: str) -> str:
    return _three(value, lambda figure: format_money(round(figure), currency))


def _three(value: Range, words: Callable[[Fraction], str]) -> str:
    """Write a range as "10% to 30%, likely 20%", and one without doubt as its one figure."""
    low, likely, high = (words(Fraction(figure)) for figure in (value.low, value.likely, value.high))
    return low if low == high else f"{low} to {high}, likely {likely}"
