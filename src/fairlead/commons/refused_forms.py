"""A form and the service behind it, as one step of a view."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from fairlead.core.refusal import Refused

Result = TypeVar("Result")


def accepted(form: forms.Form, service: Callable[[dict[str, Any]], Result]) -> Result | None:
    """Return what the service made of a valid form, or None with the reasons in the form's errors."""
    if not form.is_valid():
        return None
    try:
        return service(form.cleaned_data)
    except Refused as refused:
        field = (
            refused.field
            if refused.field in form.fields and not form.fields[refused.field].widget.is_hidden
            else None
        )
        form.add_error(field, [refused.reason, *(missing.words for missing in refused.missing)])
        return None
