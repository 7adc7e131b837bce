"""The form of the first check-in."""

from datetime import datetime
from typing import Any

from django import forms

from fairlead.commons.incidents.moments import WHICH, clock_field, to_utc


class CheckInForm(forms.Form):
    """A day and a time on the clock of whoever fixes it."""

    at = clock_field("Day and time", "A quarter of an hour is enough.")
    at_which = forms.ChoiceField(required=False, choices=WHICH, label="This hour happens twice that day:")

    def __init__(self, zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].required = True

    def clean_at_which(self) -> str:
        """Resolve the moment once both parts are known."""
        which: str = self.cleaned_data["at_which"]
        naive: datetime | None = self.cleaned_data.get("at")
        try:
            self.cleaned_data["at"] = to_utc(naive, self.zone, which)
        except forms.ValidationError as error:
            self.add_error("at", error)
        return which
