"""How a page of the private side begins: fresh sign-in, one door, then the method."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from fairlead.core.visibility import Act
from fairlead.people.actors import actor_of
from fairlead.people.presence import ask_again, may_enter_private
from fairlead.private.cases.door import open_case


def our_talk(act: Act, *methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Wrap a view that gets the request, the opened case and the rest of its address.

    The order matters: whoever has no grant gets the same 404 with every method, so that a 405 tells nothing.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, case_id: UUID, **kwargs: object) -> HttpResponse:
            if not may_enter_private(request):
                return ask_again(request)
            opened = open_case(actor_of(request.user), case_id, act)
            allowed = methods or ("GET", "HEAD")
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, opened, **kwargs)

        return wrapped

    return wrap
