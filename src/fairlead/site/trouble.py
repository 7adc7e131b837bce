"""What a person reads when something cannot be done: a refusal, a full disk, a database that is away."""

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from fairlead.core.refusal import Refused
from fairlead.people.presence import wants_no_page

logger = logging.getLogger(__name__)

_KEPT = "Your words are still on the page you came from"
_FULL = f"The disk of this server is full, so nothing could be saved. {_KEPT}: keep it open."
_AWAY = f"The database did not answer, so nothing could be saved. {_KEPT}: keep it open and try again."
_TOO_BIG = f"This is longer than one page can take (12 MB). Nothing was saved. {_KEPT}."


def _answer(
    request: HttpRequest, status: int, title: str, problem: str, missing: tuple[object, ...] = ()
) -> HttpResponse:
    if wants_no_page(request):
        return JsonResponse({"problem": problem, "missing": [m.words for m in missing]}, status=status)  # type: ignore[attr-defined]
    values = {"title": title, "problem": problem, "missing": missing}
    return render(request, "site/trouble.html", values, status=status, using="pages")


def too_long(request: HttpRequest) -> HttpResponse:
    """Answer that what was sent is longer than a page can take."""
    return _answer(request, 413, "Too long for one page", _TOO_BIG)


def _is_full(error: BaseException) -> bool:
    text = str(error).lower()
    return "disk is full" in text or "no space left" in text or "disk i/o error" in text


class TroubleMiddleware:
    """Turns what a service refuses, and what the machine cannot do, into a page or a script's answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request; failures outside of the view (sessions, for example) are answered here."""
        try:
            return self.get_response(request)
        except (DatabaseError, OSError) as error:
            return self._machine(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for what a view raised, or leave it to Django."""
        if isinstance(exception, Refused):
            return _answer(request, 409, "Not yet", exception.reason, exception.missing)
        if isinstance(exception, RequestDataTooBig):
            return too_long(request)
        if isinstance(exception, OperationalError) or (
            isinstance(exception, (DatabaseError, OSError)) and _is_full(exception)
        ):
            return self._machine(request, exception)
        return None

    def _machine(self, request: HttpRequest, error: Exception) -> HttpResponse:
        logger.error("storage failed", exc_info=error)
        if _is_full(error):
            return _answer(request, 507, "Not saved: the disk is full", _FULL)
        return _answer(request, 503, "Not saved: the database is away", _AWAY)
