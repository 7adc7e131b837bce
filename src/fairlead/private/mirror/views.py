"""The page of the mirror."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairlead.core.mirror import mirror
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.private.mirror.selectors import acts_of

SINCE = timedelta(days=365)


@never_cache
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Show what the last year shows. It is worked out now, for whoever asks, and kept nowhere."""
    actor = actor_of(request.user)
    if not actor.is_manager:
        raise Http404
    today = clock.now().date()
    return render(request, "mirror/look.html", {"leanings": mirror(acts_of(actor), since=today - SINCE)})
