"""How long a sign-in lasts, and when somebody must show again that it is them.

Thirty minutes without a sign of life end it, twelve hours end it in any case (OWASP ASVS 5.0, 7.3). A talk in
progress holds it for up to three hours: nobody is thrown out while somebody is speaking. Entering the private side
after ten minutes away from it asks for the password or passkey again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from fairlead.foundation import clock

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
HOLD = timedelta(hours=3)
AWAY_FROM_PRIVATE = timedelta(minutes=10)
_WRITE_AT_MOST_EVERY = timedelta(minutes=1)


def _moment(request: HttpRequest, key: str) -> datetime | None:
    kept = request.session.get(key)
    return datetime.fromisoformat(kept) if kept else None


def _keep(request: HttpRequest, key: str, moment: datetime) -> None:
    request.session[key] = moment.isoformat()


def hold(request: HttpRequest, talk: object) -> None:
    """Keep this sign-in alive without asking again, for at most three hours from when this talk first held it."""
    which = salted_hmac("fairlead.held", str(talk)).hexdigest()[:16]  # a session row names no talk
    if request.session.get("held_for") != which:
        request.session["held_for"] = which
        _keep(request, "held_until", clock.now() + HOLD)


def release(request: HttpRequest) -> None:
    """End the hold; the ordinary limits count again from now."""
    request.session.pop("held_until", None)
    _keep(request, "seen_at", clock.now())


def _is_held(request: HttpRequest, now: datetime) -> bool:
    held_until = _moment(request, "held_until")
    return held_until is not None and now < held_until


def _has_ended(request: HttpRequest, now: datetime) -> bool:
    signed_in_at = _moment(request, "signed_in_at") or now
    seen_at = _moment(request, "seen_at") or now
    if now - signed_in_at > AT_MOST + (HOLD if _is_held(request, now) else timedelta(0)):
        return True
    return now - seen_at > IDLE and not _is_held(request, now)


def _last_shown_at(request: HttpRequest) -> float:
    return max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)


def may_enter_private(request: HttpRequest) -> bool:
    """Tell whether the private side opens without asking again, and remember this visit if it does."""
    now = clock.now()
    seen = _moment(request, "private_seen_at")
    fresh = (
        _is_held(request, now)
        or (seen is not None and now - seen <= AWAY_FROM_PRIVATE)
        or now.timestamp() - _last_shown_at(request) <= AWAY_FROM_PRIVATE.total_seconds()
    )
    if fresh and (seen is None or now - seen > _WRITE_AT_MOST_EVERY):
        _keep(request, "private_seen_at", now)
    return fresh


def wants_no_page(request: HttpRequest) -> bool:
    """Tell whether a script asked, which shows a dialog of its own instead of following to another page."""
    return bool(request.headers.get("HX-Request")) or request.headers.get("X-Requested-With") == "fetch"


def ask_again(request: HttpRequest) -> HttpResponse:
    """Answer that the person must confirm it is them: a page to go to, or 401 for a script's dialog."""
    if wants_no_page(request):
        return JsonResponse({"sign_in": "confirm"}, status=401)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect(f"/accounts/reauthenticate/?{urlencode({'next': back})}")


class PresenceMiddleware:
    """Ends a sign-in that has outlived its limits, and notes signs of life."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if request.user.is_authenticated:
            now = clock.now()
            if _has_ended(request, now):
                logout(request)
            else:
                if "signed_in_at" not in request.session:
                    _keep(request, "signed_in_at", now)
                seen = _moment(request, "seen_at")
                if seen is None or now - seen > _WRITE_AT_MOST_EVERY:
                    _keep(request, "seen_at", now)
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Everything needs a sign-in unless its view says otherwise; scripts are told so instead of being sent away."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., object]
    ) -> HttpResponseBase:
        """Answer somebody who is not signed in."""
        if wants_no_page(request):
            return JsonResponse({"sign_in": "needed"}, status=401)
        return super().handle_no_permission(request, view_func)
