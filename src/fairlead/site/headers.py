"""What the answers of the private side, and every refusal, tell a browser and a proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

_CLEARED = '"cache", "storage"'
_REFUSED = 400


class PrivateHeadersMiddleware:
    """Keeps our talk out of every cache, and clears what a browser kept when somebody signs out.

    A refusal is not kept either, so that it stays the same answer whether or not something is there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        match = request.resolver_match
        private = match is not None and match.func.__module__.startswith("fairlead.private.")
        if private or response.status_code >= _REFUSED:
            patch_cache_control(response, no_cache=True, no_store=True, must_revalidate=True, private=True)
        if match is not None and match.url_name == "account_logout" and request.method == "POST":
            response.headers["Clear-Site-Data"] = _CLEARED
        return response
