"""Filters of a list: they live in the address, each is a chip that can be taken away, and nonsense is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it says, and the address of the list without it."""

    words: str
    without: str


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the choices of a field, those in groups too."""
    for value, words in choices:
        if isinstance(words, list):
            yield from words
        else:
            yield value, words


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(value, value))
    if isinstance(field, forms.BooleanField):
        return ""
    return f"{value.day} {value:%B %Y}" if isinstance(field, forms.DateField) else f"“{value}”"


def chosen(form: forms.Form) -> dict[str, Any]:
    """Return the filters that are on; what cannot be understood is left out, as if it had not been asked for."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "", False)}


def chips(request: HttpRequest, form: forms.Form) -> list[Chip]:
    """Return a chip for each filter that is on, in the order of the form."""
    found = []
    for name, value in chosen(form).items():
        kept = request.GET.copy()
        for gone in (name, "page", "from"):
            kept.pop(gone, None)
        said = _words(form.fields[name], value)
        label = str(form.fields[name].label or name.capitalize())
        found.append(Chip(f"{label}: {said}" if said else label, "?" + kept.urlencode()))
    return found


def narrowed(request: HttpRequest) -> str:
    """Return the filters of this address alone, for another address with the same ones; empty without any."""
    kept = request.GET.copy()
    for name in ("page", "from", "more"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""
