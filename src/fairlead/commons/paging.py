"""Pages of a list by number, in the address: whatever stands there, a page comes back."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """Return the page that is asked for, from 1; 1 for whatever is not a number."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) <= 6 else 1  # noqa: PLR2004


def with_page(request: HttpRequest, page: int) -> str:
    """Return the address of another page of the same list."""
    kept = request.GET.copy()
    kept["page"] = str(page)
    return "?" + kept.urlencode()
