"""Choosing a time zone without sending the names of all of them with every page.

The page holds a few that are likely and the chosen one; the browser knows the others itself (zones.js). Where no script
runs, a box takes any name.
"""

from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairlead.core.localtime import zone_names

_LIKELY: Final = frozenset(
    {
        "",
        "UTC",
        "America/Chicago",
        "America/Los_Angeles",
        "America/New_York",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Asia/Singapore",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Europe/Berlin",
        "Europe/London",
    }
)


def zone_choices() -> list[tuple[str, str]]:
    """Return every zone that may be chosen."""
    return [(name, name) for name in zone_names()]


class ZoneSelect(forms.Select):
    """A list that shows likely zones and the chosen one, and takes any."""

    def __init__(self) -> None:
        super().__init__({"data-zones": ""})

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the options that are likely or chosen; the list has no headings."""
        whole = super().optgroups(name, value, attrs)
        kept = [
            option
            for _, options, _ in whole
            for option in options
            if option["value"] in _LIKELY or option["selected"]
        ]
        return [(None, kept, 0)]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Add the box for where no script runs."""
        box = (
            '<noscript><input type="text" name="{}" aria-label="Another zone, such as Asia/Seoul"></noscript>'
        )
        return super().render(name, value, attrs, renderer) + format_html(box, name)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Take what stands in the box, if anything does."""
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return next(
            (one.strip() for one in reversed(given) if one and one.strip()), given[0] if given else None
        )
