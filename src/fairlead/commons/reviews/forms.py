"""Forms of reviews."""

import uuid
from typing import Any

from django import forms

from fairlead.core.review.template import (
    LONGEST_PROMPT,
    LONGEST_TITLE,
    MOST_SECTIONS,
    SOURCE_WORDS,
    Section,
    Source,
    key_for,
)

_MOST = 2_000_000_000  # what the smallest of our databases counts to


class SaveForm(forms.Form):
    """One save of one page. Without a script each save is a sitting of its own."""

    words = forms.CharField(required=False, strip=False)
    sitting = forms.UUIDField(required=False)
    edit = forms.IntegerField(min_value=0, max_value=_MOST, required=False)
    base = forms.IntegerField(min_value=0, max_value=_MOST)

    def clean(self) -> dict[str, Any]:
        """Return the words with the line ends of a page, and a sitting where a browser sent none."""
        data = super().clean() or {}
        data["words"] = data.get("words", "").replace("\r\n", "\n")
        data["sitting"], data["edit"] = data.get("sitting") or uuid.uuid4(), data.get("edit") or 1
        return data


class SectionForm(forms.Form):
    """One section of the template."""

    key = forms.RegexField(r"^[a-z0-9_]{1,60}$", required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=LONGEST_TITLE)
    prompt = forms.CharField(
        label="The question it asks",
        required=False,
        max_length=LONGEST_PROMPT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.ChoiceField(
        label="From the incident",
        required=False,
        choices=[(source.value, words) for source, words in SOURCE_WORDS.items()],
    )
    needed = forms.BooleanField(label="Must be filled before it is published", required=False)


class _Sections(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take it out"

    def sections(self) -> list[Section]:
        """Return the sections of a valid form in the order of their places, each new one with a key."""
        kept = [form.cleaned_data for form in self.ordered_forms]
        keys = [data["key"] for data in kept if data["key"]]
        found: list[Section] = []
        for data in kept:
            key = data["key"] or key_for(data["title"], keys)
            keys.append(key)
            source = Source(data["source"])
            found.append(Section(key, data["title"], data["prompt"], source, data["needed"]))
        return found


TemplateFormSet = forms.formset_factory(
    SectionForm,
    formset=_Sections,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=MOST_SECTIONS + 1,
    absolute_max=MOST_SECTIONS + 1,
)
