"""The forms of a live log."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fairlead.commons.incidents.moments import WHICH, clock_field, to_utc
from fairlead.core.livelog import STATES
from fairlead.core.visibility import ResponderRole
from fairlead.sources.live.services import LONGEST, MOMENTS_OF_THE_LOG

TAKES: dict[str, str] = {
    ResponderRole.COMMANDER.value: "I lead the response",
    ResponderRole.SCRIBE.value: "I write along",
    ResponderRole.LIAISON.value: "I keep others informed",
    ResponderRole.RESPONDER.value: "I work on it",
}


class StartForm(forms.Form):
    """Something is going on: a title is enough."""

    incident_id = forms.UUIDField(widget=forms.HiddenInput)
    log_id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="What is going on?",
        max_length=200,
        help_text="A few words. Everybody can read this line, so it names nobody.",
    )

    @classmethod
    def blank(cls) -> "StartForm":
        """Return a form that makes one incident and one log, however often it is sent."""
        return cls(initial={"incident_id": uuid.uuid4(), "log_id": uuid.uuid4()})


class LineForm(forms.Form):
    """A line as it is typed. Its id and time come from the browser; without a script the server gives both."""

    line_id = forms.UUIDField(required=False)
    typed_at = forms.CharField(required=False, max_length=40)
    words = forms.CharField(max_length=LONGEST * 2, strip=True)

    def clean_typed_at(self) -> datetime | None:
        """Return when the browser says it was typed; what cannot be read counts as not said."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["typed_at"])
        except ValueError:
            return None
        return at.astimezone(UTC) if at.utcoffset() is not None else None


class CorrectForm(forms.Form):
    """A line corrected: its time on the reader's clock, and its words."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    at = clock_field("When")
    at_which = forms.ChoiceField(label="This time happened twice. Which one?", required=False, choices=WHICH)
    words = forms.CharField(
        label="What happened", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, zone: str, standing: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.standing = zone, standing
        self.fields["at"].required = True
        self.fields["at"].widget.attrs["step"] = "1"

    def asks_which(self) -> bool:
        """Tell whether the time happened twice."""
        return any(error.code == "ambiguous" for error in self.errors.as_data().get("at", [])) or bool(
            self["at_which"].value()
        )

    def clean(self) -> dict[str, Any]:
        """Turn the reading into a moment; one that was not touched keeps its fraction of a second."""
        data = super().clean() or {}
        try:
            moment = to_utc(data.get("at"), self.zone, data.get("at_which", ""))
        except ValidationError as error:
            self.add_error("at", error)
            return data
        data["moment"] = self.standing if moment == self.standing.replace(microsecond=0) else moment
        return data


class RoleForm(forms.Form):
    """The role somebody takes."""

    role = forms.ChoiceField(choices=list(TAKES.items()))


class MomentForm(forms.Form):
    """A moment that has come now."""

    moment = forms.ChoiceField(choices=[(one, one.capitalize()) for one in MOMENTS_OF_THE_LOG])
    line_id = forms.UUIDField()


class UpdateForm(forms.Form):
    """What others are told while it goes on."""

    state = forms.ChoiceField(
        label="Where it stands",
        choices=list(STATES.items()),
        widget=forms.RadioSelect,
        initial="investigating",
    )
    customers_see = forms.CharField(
        label="What customers see", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_in = forms.TypedChoiceField(
        label="Next update",
        coerce=int,
        choices=[(15, "in 15 minutes"), (30, "in 30 minutes"), (60, "in an hour"), (0, "none is needed")],
        initial=30,
    )
