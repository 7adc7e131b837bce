"""A form and the service behind it, as one step of a view."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms

from fairlead.commons.blameless import NamesSomebody
from fairlead.core.refusal import Refused

Result = TypeVar("Result")
NEUTRAL_WORDS = "neutral_words"  # the button that puts the neutral words in place and saves

_KEEP = "keep-"  # what the page of a publication calls its choices


def accepted(form: forms.Form, service: Callable[[dict[str, Any]], Result]) -> Result | None:
    """Return what the service made of a valid form, or None with the reasons in the form's errors.

    Where somebody was named, the form shows each place; when it was sent with the button for it, the neutral words are
    put in their places first.
    """
    if not form.is_valid():
        return None
    try:
        return service(form.cleaned_data)
    except NamesSomebody as named:
        if NEUTRAL_WORDS in form.data and _put_neutral_words(form, named):
            return accepted(form, service)
        _show_places(form, named)
    except Refused as refused:
        field = refused.field if _is_shown(form, refused.field) else None
        form.add_error(field, [refused.reason, *(missing.words for missing in refused.missing)])
    return None


def kept_in(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons that somebody chose for keeping places, by the id of the place."""
    return {name.removeprefix(_KEEP): posted[name] for name in posted if name.startswith(_KEEP)}


def _is_shown(form: forms.Form, field: str) -> bool:
    return field in form.fields and not form.fields[field].widget.is_hidden


def _put_neutral_words(form: forms.Form, named: NamesSomebody) -> bool:
    """Replace what the form holds and check it anew; tell whether that changed anything."""
    changed = {field: words for field, words in named.neutral.items() if field in form.fields}
    if not changed:
        return False
    data = form.data.copy()
    for field, words in changed.items():
        data[form.add_prefix(field)] = words
    data.pop(NEUTRAL_WORDS)  # once: words that name somebody even so are shown
    form.data = data
    form.full_clean()
    return True


def _show_places(form: forms.Form, named: NamesSomebody) -> None:
    """Put the words of each place into the form's errors, once, and keep the places for the page's buttons."""
    form.add_error(None, named.reason)
    once = {(place.field, place.finding.shown): place for place in named.places}
    for place in once.values():
        form.add_error(place.field if _is_shown(form, place.field) else None, place.words)
    form.places = [place for place in once.values() if _is_shown(form, place.field)]
