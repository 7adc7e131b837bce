"""Local clock times in a form: typed in the incident's zone, kept in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from fairlead.core.localtime import LocalTimeError, resolve

WHICH = (
    ("", "Which of the two?"),
    ("0", "the first one, before the clocks went back"),
    ("1", "the second one, after"),
)


class ClockInput(forms.DateTimeInput):
    """A box for a day and time that shows seconds where there are some, so that saving a form drops none."""

    input_type = "datetime-local"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Let the browser take seconds where the value has some; it would refuse the form otherwise."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"] or ""
        if len(shown) > len("2026-11-19T14:27"):
            if shown.endswith(":00"):
                context["widget"]["value"] = shown[: -len(":00")]
            else:
                context["widget"]["attrs"]["step"] = "1"
        return context


def clock_field(label: str, help_text: str = "") -> forms.DateTimeField:
    """Return a field for a day and time as the clock on the wall showed it."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=ClockInput(format="%Y-%m-%dT%H:%M:%S"),
    )


def as_wall_clock(moment: datetime | None, zone: str) -> datetime | None:
    """Return what the clock on the wall showed in `zone` at a UTC moment."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def to_utc(naive: datetime | None, zone: str, which: str) -> datetime | None:
    """Return the UTC moment of a wall-clock time; `which` is "0" or "1" for an hour that happened twice.

    Raises ValidationError with a sentence that says what to write instead.
    """
    if naive is None:
        return None
    try:
        return resolve(naive.replace(tzinfo=None), zone, fold=int(which) if which else None).utc.astimezone(
            UTC
        )
    except LocalTimeError as error:
        raise ValidationError(str(error), code=error.kind) from None
