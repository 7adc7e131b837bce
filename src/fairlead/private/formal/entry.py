"""How a page of the formal path begins: fresh sign-in, its own door, then the method."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from fairlead.core.formal import Act
from fairlead.people.actors import actor_of
from fairlead.people.presence import ask_again, may_enter_private
from fairlead.private.formal.door import open_packet


def formal_path(
    act: Act, *methods: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Wrap a view that gets the request, the opened packet and the rest of its address.

    Whoever has no part in it gets the same 404 with every method, so that a 405 tells nothing.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, packet_id: UUID, **kwargs: object) -> HttpResponse:
            if not may_enter_private(request):
                return ask_again(request)
            opened = open_packet(actor_of(request.user), packet_id, act)
            allowed = methods or ("GET", "HEAD")
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, opened, **kwargs)

        return wrapped

    return wrap
