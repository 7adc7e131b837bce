"""The forms of the follow-up."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from fairlead.commons.incidents.moments import WHICH, clock_field, to_utc
from fairlead.core.ledger import Promise as Entry
from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import Phase
from fairlead.core.visibility import Role
from fairlead.private.checkins.models import Touched, Work
from fairlead.private.checkins.services import WorkSaid


class CheckInForm(forms.Form):
    """A day and a time on the clock of whoever fixes it; `edition` is the sequence the page showed."""

    at = clock_field("Day and time", "A quarter of an hour is enough.")
    at_which = forms.ChoiceField(required=False, choices=WHICH, label="This hour happens twice that day:")
    edition = forms.IntegerField(
        required=False, min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput
    )

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


class RecordForm(forms.Form):
    """What was touched at a check-in: each promise this side may speak about, and the work that was given."""

    work_id = forms.UUIDField(widget=forms.HiddenInput)
    given = forms.ChoiceField(choices=Work.Given.choices, required=False, widget=forms.RadioSelect)
    work = forms.CharField(label="Which work", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, promises: Iterable[Entry], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"work_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        texts = load_default().check_in
        self.fields["given"].label, self.fields["given"].help_text = texts.work, texts.work_hint
        self.promises = tuple(promises)
        for promise in self.promises:
            self.fields[f"how_{promise.id}"] = forms.ChoiceField(
                label=promise.words, choices=Touched.How.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"shows_{promise.id}"] = forms.CharField(
                label="What shows it", required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each promise."""
        return [(self[f"how_{promise.id}"], self[f"shows_{promise.id}"]) for promise in self.promises]

    def clean(self) -> dict[str, Any]:
        """Ask for what shows it only where somebody says kept or not kept."""
        for promise in self.promises:
            how = self.cleaned_data.get(f"how_{promise.id}")
            if (
                how in {Touched.How.KEPT, Touched.How.NOT_KEPT}
                and not self.cleaned_data[f"shows_{promise.id}"]
            ):
                self.add_error(f"shows_{promise.id}", "Say what was seen that shows it.")
        return self.cleaned_data

    def touched(self) -> dict[uuid.UUID, tuple[str, str]]:
        """Return what was said about each promise that anything was said about."""
        return {
            uuid.UUID(promise.id): (how, self.cleaned_data[f"shows_{promise.id}"])
            for promise in self.promises
            if (how := self.cleaned_data[f"how_{promise.id}"])
        }

    def work_said(self) -> WorkSaid | None:
        """Return what was said about the work, or None."""
        data = self.cleaned_data
        return WorkSaid(data["work_id"], data["given"], data["work"]) if data["given"] else None


class SignalForm(forms.Form):
    """Something that was seen, on a day."""

    signal_id = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.ChoiceField(label="What it is closest to", widget=forms.RadioSelect)
    seen_on = forms.DateField(label="Seen on", widget=forms.DateInput(attrs={"type": "date"}))
    words = forms.CharField(
        label="What was seen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="As a camera would have seen it. The other one reads it and can answer beside it.",
    )
    opportunity = forms.CharField(
        label="What the opportunity was", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opportunity_on = forms.DateField(
        label="When it was", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [(signal.key, signal.title) for signal in load_default().signals]

    @classmethod
    def blank(cls, today: date) -> "SignalForm":
        """Return an empty form with a new id."""
        return cls(initial={"signal_id": uuid.uuid4(), "seen_on": today})

    def groups(self) -> list[dict[str, Any]]:
        """Return the kinds by direction, each with how it looks and whether it is chosen."""
        titles = {"too_far": "Too far: fear", "too_little": "Too little", "good": "Going well"}
        chosen = self["key"].value()
        return [
            {
                "direction": direction,
                "title": title,
                "kinds": [
                    (signal, signal.key == chosen)
                    for signal in load_default().signals
                    if signal.direction == direction
                ],
            }
            for direction, title in titles.items()
        ]


class ReplyForm(forms.Form):
    """How somebody sees what was noted."""

    reply_id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(label="How I see it", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @classmethod
    def blank(cls, signal_id: uuid.UUID) -> "ReplyForm":
        """Return an empty form for an answer to one signal."""
        return cls(initial={"reply_id": uuid.uuid4()}, auto_id=f"id_{signal_id}_%s")


class LeaveForm(forms.Form):
    """Days away."""

    leave_id = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label="Who is away", widget=forms.RadioSelect)
    first = forms.DateField(label="First day away", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Last day away", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine, other = Role.MANAGER, Role.ENGINEER
        if role is Role.ENGINEER:
            mine, other = other, mine
        self.fields["who"].choices = [(mine.value, "I am"), (other.value, f"The {other.value} is")]

    @classmethod
    def blank(cls, role: Role) -> "LeaveForm":
        """Return an empty form with a new id."""
        return cls(role, initial={"leave_id": uuid.uuid4(), "who": role.value})


class PaceForm(forms.Form):
    """The working days between check-ins, phase by phase."""

    def __init__(self, cadence: Iterable[Phase], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for phase in cadence:
            days = range(phase.closest, phase.widest + 1)
            self.fields[phase.key] = forms.TypedChoiceField(
                label=phase.title,
                coerce=int,
                choices=[(n, "every working day" if n == 1 else f"every {n} working days") for n in days],
                initial=phase.every_working_days,
            )
