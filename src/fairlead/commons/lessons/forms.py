"""Forms of lessons."""

import uuid
from typing import Any

from django import forms

from fairlead.commons.lessons.models import Lesson
from fairlead.core.lessons.lesson import Triggers

LONGEST_CHANGE = 2_000_000  # characters of a pasted change; it is read and thrown away


class Lines(forms.CharField):
    """One value a line; empty lines are left out."""

    def __init__(self, label: str, help_text: str, rows: int = 2) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=5_000,
            widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the values."""
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class LessonForm(forms.Form):
    """One lesson; `cleaned_data["triggers"]` are its triggers."""

    lesson_id = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        max_length=200,
        label="In one line",
        help_text="What a colleague in a hurry reads. Things, not people.",
    )
    know = forms.CharField(
        max_length=2_000,
        label="What to know",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What it does that one would not expect, and how to see it beforehand.",
    )
    safeguards = Lines("Safeguards to run", "The id of a proof in your repository, one a line.", rows=1)
    paths = Lines(
        "Files", "Such as network/**/*.cfg. Two stars cross folders; a name without a slash fits anywhere."
    )
    sections = Lines("Sections", "How the block around a changed line begins, such as router bgp.")
    added = Lines("Added lines", "A pattern (RE2) on lines that come in, such as ^ *redistribute.")
    removed = Lines("Removed lines", "A pattern on lines that go.")
    symbols = Lines("Names", "A function, a table or a variable in a changed line.", rows=1)
    services = Lines(
        "Services", "What the change says it is about; only together with one of the above.", rows=1
    )
    roles = Lines("Device roles", "Such as border router; only together with one of the above.", rows=1)

    KINDS = ("paths", "sections", "added", "removed", "symbols", "services", "roles")

    @classmethod
    def blank(cls) -> "LessonForm":
        """Return an empty form with a new id."""
        return cls(initial={"lesson_id": uuid.uuid4()})

    @classmethod
    def of(cls, lesson: Lesson) -> "LessonForm":
        """Return the form filled with a lesson."""
        kinds = {kind: "\n".join(lesson.triggers.get(kind, ())) for kind in cls.KINDS}
        return cls(
            initial={
                "lesson_id": lesson.pk,
                "edition": lesson.edition,
                "title": lesson.title,
                "know": lesson.know,
                "safeguards": "\n".join(lesson.safeguards),
                **kinds,
            }
        )

    def clean(self) -> dict[str, Any]:
        """Gather the kinds of triggers."""
        data = super().clean() or {}
        data["triggers"] = Triggers(**{kind: data.get(kind, ()) for kind in self.KINDS})
        return data


class TryForm(forms.Form):
    """A change to try a lesson on. It is looked at and not kept."""

    change = forms.CharField(
        label="The change that broke things",
        max_length=LONGEST_CHANGE,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="As a diff: of git, or lines that begin with + and -. It is looked at and thrown away.",
    )


class StandingForm(forms.Form):
    """In which edition a lesson was when a button was pressed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class RateForm(StandingForm):
    """On how many ordinary changes a lesson would fire, as `fairlead lessons prove` counts them."""

    fired = forms.IntegerField(label="It fired on", min_value=0, max_value=1_000_000)
    looked_at = forms.IntegerField(
        label="of so many ordinary changes", min_value=1, max_value=1_000_000, initial=1_000
    )
