"""The forms of a timeline: one entry, and one known moment. Both take the clock on the wall and say whose wall."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.moments import WHICH, as_wall_clock, clock_field, to_utc
from fairlead.commons.timeline.models import LONGEST_WORDS, Entry
from fairlead.foundation import clock

_FURTHEST = 60 * 24 * 366  # minutes


class _ClockForm(forms.Form):
    """A day and time in one of the zones somebody may read it in."""

    at = clock_field("When")
    at_which = forms.ChoiceField(label="This time happened twice. Which one?", required=False, choices=WHICH)
    zone = forms.ChoiceField(label="Time zone of this time")
    standing: datetime | None = None

    def __init__(self, *args: Any, incident: Incident, viewer_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = dict.fromkeys((incident.zone, viewer_zone, "UTC"))
        self.fields["zone"].choices = [(name, name) for name in zones]
        self.fields["zone"].initial = incident.zone
        self.fields["at"].widget.attrs["step"] = "1"

    def show(self, moment: datetime, zone: str) -> None:
        """Fill in a moment, to the second and with which of the two it was where the clocks went back."""
        local = moment.astimezone(ZoneInfo(zone))
        twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
        self.initial |= {
            "at": f"{as_wall_clock(moment, zone):%Y-%m-%dT%H:%M:%S}",
            "at_which": str(local.fold) if twice else "",
        }

    def asks_which(self) -> bool:
        """Tell whether the time happened twice, so that the page asks which is meant."""
        ambiguous = any(error.code == "ambiguous" for error in self.errors.as_data().get("at", []))
        return ambiguous or bool(self["at_which"].value())

    def clean(self) -> dict[str, Any]:
        """Turn the reading into a moment; a reading that was not touched keeps its fraction of a second."""
        data = super().clean() or {}
        try:
            moment = to_utc(data.get("at"), data.get("zone", "UTC"), data.get("at_which", ""))
        except ValidationError as error:
            self.add_error("at", error)
            return data
        if self.standing is not None and moment == self.standing.replace(microsecond=0):
            moment = self.standing
        data["moment"] = moment
        return data


class EntryForm(_ClockForm):
    """One entry of the timeline."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label="What happened",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What the system did, or what was done to it. Everybody can read this, so it names nobody.",
    )
    field_order = ("at", "at_which", "words", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].required = True

    @classmethod
    def blank(cls, *, incident: Incident, viewer_zone: str) -> "EntryForm":
        """Return an empty form with a new id: now while it goes on, else the start, which is near."""
        form = cls(incident=incident, viewer_zone=viewer_zone, initial={"entry_id": uuid.uuid4()})
        over = incident.resolved_at is not None and incident.started_at is not None
        form.show(incident.started_at if over else clock.now(), incident.zone)
        return form

    @classmethod
    def of(cls, entry: Entry, data: Any = None, *, viewer_zone: str) -> "EntryForm":
        """Return the form of an entry, filled with it or with what was sent."""
        form = cls(
            data,
            incident=entry.incident,
            viewer_zone=viewer_zone,
            initial={"edition": entry.edition, "words": entry.words},
        )
        form.standing = entry.at
        form.show(entry.at, entry.incident.zone)
        return form


class MomentForm(_ClockForm):
    """One of the known moments; an empty time means that it is not known."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, incident: Incident, moment: str, data: Any = None, *, viewer_zone: str) -> "MomentForm":
        """Return the form of a moment, filled with it or with what was sent."""
        at = getattr(incident, f"{moment}_at")
        form = cls(
            data, incident=incident, viewer_zone=viewer_zone, initial={"was": at.isoformat() if at else ""}
        )
        form.fields["at"].help_text = "Leave it empty while it is not known."
        form.standing = at
        if at is not None:
            form.show(at, incident.zone)
        return form

    def clean_was(self) -> datetime | None:
        """Return what stood there when the form was made."""
        return _moment(self.cleaned_data["was"])


class MoveForm(forms.Form):
    """A point that was dragged, or moved by keys: by how many minutes, from what it was then."""

    minutes = forms.IntegerField(min_value=-_FURTHEST, max_value=_FURTHEST)
    edition = forms.IntegerField(required=False)
    was = forms.CharField(required=False)

    def clean_minutes(self) -> timedelta:
        """Return how far it was moved."""
        return timedelta(minutes=self.cleaned_data["minutes"])

    def clean_was(self) -> datetime | None:
        """Return what stood there when the page was drawn."""
        return _moment(self.cleaned_data["was"])


def _moment(written: str) -> datetime | None:
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise ValidationError("Open the page again; nothing was changed.") from None
    if moment.utcoffset() is None:
        raise ValidationError("Open the page again; nothing was changed.")
    return moment
