"""The forms of the page Import: which tool wrote the file, and how it is to be read."""

import uuid
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from fairlead.commons.incidents.zones import ZoneSelect, zone_choices
from fairlead.core.importing.columns import FIELDS
from fairlead.sources.intake.runs import Options

FORMATS: Final = (
    ("slack", "Slack: an export (ZIP)"),
    ("pagerduty", "PagerDuty: incidents and log entries (JSON)"),
    ("alertmanager", "Alertmanager or Grafana: webhooks (JSON)"),
    ("csv", "A table (CSV)"),
    ("reviews", "A written review (Markdown)"),
)
_FIELD_WORDS: Final = {
    "title": "Title",
    "started": "Started",
    "detected": "Detected",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
    "day": "Day of the times",
    "zone": "Time zone",
    "id": "Id in the table",
    "timeline": "Timeline",
}


# What a reader says to somebody at a command line: while it is looked over, and once it is on record.
_INSTEAD: Final = {
    "Give one with --zone.": ("Choose one above.", "Correct them there if that is wrong."),
    "Give one with --date.": ("Choose it above.", "Correct it there if that is wrong."),
    "Name it with --map title=COLUMN.": ("Choose it below.", "Import it again and choose it."),
    "Name it with --map started=COLUMN.": ("Choose it below.", "Import it again and choose it."),
}


def on_a_page(problem: str, *, is_done: bool = False) -> str:
    """Return what a reader says, in words for somebody who looks at a page."""
    for words, (before, after) in _INSTEAD.items():
        problem = problem.replace(words, after if is_done else before)
    return problem


class ImportForm(forms.Form):
    """The file and what wrote it."""

    source_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    format = forms.ChoiceField(label="What wrote it?", choices=FORMATS, widget=forms.RadioSelect)
    file = forms.FileField(
        label="The file",
        max_length=200,
        allow_empty_file=True,
        help_text="Up to 11 MB here. Larger ones with the command: fairlead import.",
    )

    @classmethod
    def blank(cls) -> "ImportForm":
        """Return an empty form with a new id."""
        return cls(initial={"source_id": uuid.uuid4()})

    def clean_file(self) -> bytes:
        """Return the file's content."""
        content: bytes = self.cleaned_data["file"].read()
        if not content:
            raise ValidationError("This file is empty.")
        return content


class ReadingForm(forms.Form):
    """How a file is to be read; a table also says which column is what."""

    zone = forms.ChoiceField(label="Time zone of times that name none", required=False, widget=ZoneSelect)
    day = forms.DateField(
        label="Day of times without one",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    channels = forms.CharField(
        label="Channels",
        required=False,
        max_length=2000,
        help_text="Names, with commas between them; empty for all "
        "public ones. Direct messages are never read.",
    )

    def __init__(self, *args: Any, format_: str, columns: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", "As it says"), *zone_choices()]
        if format_ != "slack":
            del self.fields["channels"]
        if format_ == "csv":
            choices = [("", "As its name says"), *((name, name) for name in columns)]
            for one in FIELDS:
                self.fields[f"column_{one}"] = forms.ChoiceField(
                    label=_FIELD_WORDS[one], required=False, choices=choices
                )

    @staticmethod
    def values_of(options: Options) -> dict[str, object]:
        """Return what the form shows at first."""
        return {
            "zone": options.zone,
            "day": date.fromisoformat(options.day) if options.day else None,
            "channels": ", ".join(options.channels),
            **{f"column_{one}": column for one, column in options.mapping.items()},
        }

    def mapping(self) -> list[forms.BoundField]:
        """Return the fields of the mapping."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def options(self) -> Options:
        """Return what was chosen, once the form is valid."""
        data = self.cleaned_data
        named = (one.strip().lstrip("#") for one in data.get("channels", "").split(","))
        return Options(
            zone=data["zone"],
            day=data["day"].isoformat() if data["day"] else "",
            channels=tuple(one for one in named if one),
            mapping={one: data[f"column_{one}"] for one in FIELDS if data.get(f"column_{one}")},
        )
