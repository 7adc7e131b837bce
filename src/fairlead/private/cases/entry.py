"""How a page of the private side begins: fresh sign-in, one door, then the method."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from fairlead.core.visibility import Actor
from fairlead.people.actors import actor_of
from fairlead.people.presence import ask_again, may_enter_private
from fairlead.private.cases.door import open_case

View = Callable[..., HttpResponse]
Page = Callable[[View], View]


def entrance(door: Callable[[Actor, UUID, Any], object], address: str) -> Callable[..., Page]:
    """Return the decorator of the pages behind a door, given the name that its id has in their addresses.

    It takes the act and the methods allowed (GET and HEAD unless told) and wraps a view that gets the request, what
    the door opened, and the rest of its address. The order matters: whoever the door does not know gets the same 404
    with every method, so that a 405 tells nothing.
    """

    def page(act: object, *methods: str) -> Page:
        allowed = methods or ("GET", "HEAD")

        def wrap(view: View) -> View:
            @never_cache
            @wraps(view)
            def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                if not may_enter_private(request):
                    return ask_again(request)
                opened = door(actor_of(request.user), kwargs.pop(address), act)
                if request.method not in allowed:
                    return HttpResponseNotAllowed(allowed)
                return view(request, opened, **kwargs)

            return wrapped

        return wrap

    return page


our_talk = entrance(open_case, "case_id")
