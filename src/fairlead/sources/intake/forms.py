"""The box that takes whatever people have, and the page on which they look over what was understood of it."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from fairlead.commons.incidents.forms import TIMES, IncidentForm
from fairlead.commons.incidents.moments import as_wall_clock
from fairlead.commons.incidents.zones import ZoneSelect, zone_choices
from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.core.intake.written import Line, LinesError, read_lines
from fairlead.core.localtime import LocalTimeError, known_zone
from fairlead.core.playbook.reader import load_default
from fairlead.sources.intake.understood import Understood

LARGEST: Final = 11 * 1024 * 1024  # a page takes 12 MB with everything around it
_OTHER_EXPORTS: Final = (b"PK\x03\x04", b"{", b"[{", b"[\n")  # what a packed folder and JSON begin with
_HEAD: Final = 64
_NOTHING: Final = "Write a sentence, paste what you have, or choose a file."
_EXPORT: Final = (
    "This looks like an export of another tool. Import reads those: Slack, PagerDuty, Alertmanager, tables."
)


class WhatHappenedForm(forms.Form):
    """One large box: a sentence, a chat log, an e-mail, a post-mortem, or a file."""

    source_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="What happened?",
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(
            attrs={
                "rows": 7,
                "placeholder": "A sentence is enough: “Routing loop at 14:27, shop down until 15:32”. "
                "Or paste the chat, the e-mail, the half-written post-mortem.",
            }
        ),
    )
    file = forms.FileField(label="or a file", required=False, max_length=200, allow_empty_file=True)

    @classmethod
    def blank(cls) -> "WhatHappenedForm":
        """Return an empty box with a new id."""
        return cls(initial={"source_id": uuid.uuid4()})

    @classmethod
    def of(cls, request: HttpRequest) -> "WhatHappenedForm":
        """Return the box as it was sent, or an empty one where nothing was."""
        return cls(request.POST, request.FILES) if request.method == "POST" else cls.blank()

    def clean(self) -> dict[str, Any]:
        """Put the content's bytes and its name into the cleaned data, once it is known to be text."""
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text") or ""
        # A browser ends the lines of a form with two characters where the person's clipboard had one.
        content = file.read() if file else text.replace("\r\n", "\n").encode("utf-8", "replace")
        field = "file" if file else "text"
        if not content.strip():
            raise ValidationError({field: _NOTHING})
        if file and content[:_HEAD].lstrip().startswith(_OTHER_EXPORTS):
            raise ValidationError({field: _EXPORT})
        try:
            decoded(content)
        except NotTextError as error:
            raise ValidationError({field: str(error)}) from None
        return {**data, "content": content, "name": file.name if file else ""}


def _zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Time zone of the times below",
        widget=ZoneSelect,
        choices=lambda: [("", "Which one?"), *zone_choices()],
        error_messages={
            "required": "In whose time zone are these times? A clock time means nothing without one."
        },
    )


def zone_chosen(posted: Mapping[str, Any]) -> str | None:
    """Return the zone somebody chose, or None for none and for one that is not there; the form then says so."""
    name = ZoneSelect().value_from_datadict(posted, {}, "zone") or ""
    try:
        known_zone(name)
    except LocalTimeError:
        return None
    return name or None


def _timeline_field() -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
        help_text="One line each: the time, then what happened. A day stands on a line of its own above its times. "
        "Take out what does not belong here; it stays in the source.",
    )


def _lines(form: forms.Form, data: dict[str, Any], day: date | None) -> tuple[Line, ...]:
    """Return what stands in the box of the timeline, or an error on it."""
    zone = data.get("zone")
    if not zone:
        return ()
    try:
        known_zone(zone)
        return read_lines(data.get("timeline") or "", zone=zone, day=day)
    except (LinesError, LocalTimeError) as error:
        form.add_error("timeline", str(error))
        return ()


class ConfirmForm(IncidentForm):
    """What was understood, to be looked over: everything can be corrected, and nothing is decided for the person."""

    zone = _zone_field()
    timeline = _timeline_field()
    guess = forms.ChoiceField(
        label="How it came about: was it this?", required=False, widget=forms.RadioSelect
    )
    figures = forms.MultipleChoiceField(
        label="What it cost, as the text says it", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, understood: Understood, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.understood = understood
        labels = {mechanism.key: mechanism.label for mechanism in load_default().mechanisms}
        self.fields["guess"].choices = [
            *((one.key, labels[one.key]) for one in understood.candidates if one.key in labels),
            ("", "Neither, or not known yet"),
        ]
        self.fields["figures"].choices = [(one.key, one.words) for one in understood.figures]

    @classmethod
    def of(cls, understood: Understood) -> "ConfirmForm":  # type: ignore[override]
        """Return the form filled with what was understood."""
        zone = understood.zone or "UTC"
        times = {name: as_wall_clock(understood.times.get(name), zone) for name in TIMES}
        return cls(
            understood=understood,
            initial={
                "incident_id": uuid.uuid4(),
                "title": understood.title,
                "customer_saw": understood.customer_saw,
                "what_happened": understood.rest,
                "zone": understood.zone,
                "services": understood.services,
                "timeline": understood.lines,
                "guess": "",
                "figures": [one.key for one in understood.figures],
                **times,
            },
        )

    def clean(self) -> dict[str, Any]:
        """Read the timeline by the zone that was chosen, and take the guess only where nothing else was chosen."""
        data = super().clean() or {}
        values = data.get("values", {})
        if data.get("guess") and not data.get("mechanism"):
            values["mechanism"] = data["guess"]
        started = data.get("started")
        data["lines"] = _lines(self, data, started.date() if started else self.understood.day)
        return data


class AddedForm(forms.Form):
    """What a text adds to an incident: lines that its timeline does not hold, and moments that were not known."""

    zone = _zone_field()
    timeline = _timeline_field()
    moments = forms.MultipleChoiceField(
        label="The text also says when", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, understood: Understood, moments: Mapping[str, datetime], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.understood = understood
        rules = known_zone(understood.zone or "UTC")
        self.fields["moments"].choices = [
            (name, f"it was {name}: {at.astimezone(rules):%a %-d %b %Y, %H:%M}")
            for name, at in moments.items()
        ]

    @classmethod
    def of(cls, understood: Understood, moments: Mapping[str, datetime]) -> "AddedForm":
        """Return the form filled with what is new."""
        initial = {"zone": understood.zone, "timeline": understood.lines, "moments": list(moments)}
        return cls(understood=understood, moments=moments, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Read the timeline by the zone that was chosen."""
        data = super().clean() or {}
        data["lines"] = _lines(self, data, self.understood.day)
        return data
