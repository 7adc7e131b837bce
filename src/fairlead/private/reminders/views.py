"""How one is reminded, and the calendar to subscribe to."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.core.refusal import Refused
from fairlead.papers.feed import feed_ics
from fairlead.people.presence import ask_again, may_enter_private
from fairlead.people.reminding import (
    account_of_calendar,
    calendar_close,
    calendar_open,
    preferences_set,
    reached,
)
from fairlead.private.reminders.forms import RemindersForm
from fairlead.private.reminders.selectors import feed_of


def _freshly(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask again whom we have before us, as everywhere on the private side."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        return view(request) if may_enter_private(request) else ask_again(request)

    return wrapped


def _page(request: HttpRequest, form: RemindersForm, **more: object) -> HttpResponse:
    values = {"form": form, "how": reached(request.user), "mail": settings.FAIRLEAD_MAIL_SET, **more}
    return render(request, "reminders/reminders.html", values, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_freshly
def reminders(request: HttpRequest) -> HttpResponse:
    """When somebody works, and how they are reminded."""
    if request.method != "POST":
        return _page(request, RemindersForm.of(request.user, reached(request.user)))
    form = RemindersForm(request.POST)
    if form.is_valid():
        try:
            preferences_set(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            return redirect("reminders")
    return _page(request, form)


@never_cache
@require_POST
@_freshly
def calendar_make(request: HttpRequest) -> HttpResponse:
    """Make a way into one's calendar; its address is shown this once."""
    address = settings.FAIRLEAD_URL + reverse("calendar_feed", args=[calendar_open(request.user)])
    return _page(request, RemindersForm.of(request.user, reached(request.user)), address=address)


@never_cache
@require_POST
@_freshly
def calendar_end(request: HttpRequest) -> HttpResponse:
    """End the way into one's calendar."""
    calendar_close(request.user)
    return redirect("reminders")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever holds its address; it leads nowhere once it was ended."""
    account = account_of_calendar(token)
    if account is None:
        raise Http404
    feed = feed_of(account)
    unchanged = get_conditional_response(request, etag=feed.etag)
    if unchanged is not None:
        return unchanged
    answer = HttpResponse(feed_ics(feed.events), content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = feed.etag
    answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer
