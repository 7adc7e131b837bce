"""What stands before every address of programs: a token, its scope, its rate; never a browser's cookie."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja.errors import Throttled
from ninja.security import HttpBearer

from fairlead.foundation import clock
from fairlead.people.programs.models import Scope
from fairlead.people.programs.problems import ScopeMissing
from fairlead.people.programs.selectors import Holder, holder_of
from fairlead.people.programs.services import token_used

Run = Callable[..., HttpResponse]
Refuse = Callable[[HttpRequest, Exception], HttpResponse]

_MINUTE = 60
_BEARER = "bearer "


def holder(request: HttpRequest) -> Holder | None:
    """Return who stands behind the request's token; looked up once for each request."""
    if not hasattr(request, "fairlead_holder"):
        presented = request.headers.get("Authorization", "")
        is_bearer = presented[: len(_BEARER)].lower() == _BEARER
        request.fairlead_holder = holder_of(presented[len(_BEARER) :].strip()) if is_bearer else None  # type: ignore[attr-defined]
    return request.fairlead_holder  # type: ignore[attr-defined]


class Token(HttpBearer):
    """A token with a certain scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Holder | None:
        """Return the holder. Raises ScopeMissing for a token that is good for other things."""
        found = holder(request)
        if found is not None and self.scope not in found.scopes:
            raise ScopeMissing(self.scope)
        return found


def needs(scope: Scope) -> dict[str, Any]:
    """Return what an operation says to need a scope, for its door and its description alike."""
    return {"auth": Token(scope), "openapi_extra": {"x-scope": scope.value}}


def wait_for(found: Holder) -> int:
    """Count a request of a token and return how many seconds it has to wait; 0 when it may go on.

    Each process counts for itself: the limit protects the process, it is no price list.
    """
    second = int(time.time())
    key = f"api:{found.token}:{second // _MINUTE}"
    cache.add(key, 0, _MINUTE * 2)
    if cache.incr(key) <= settings.FAIRLEAD_API_RATE:
        return 0
    return _MINUTE - second % _MINUTE


def counted(refuse: Refuse) -> Callable[[Run], Run]:
    """Return what lets an operation run while its token keeps to the rate, and notes the day the token was used."""

    def counting(run: Run) -> Run:
        @wraps(run)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            found = holder(request)
            if found is not None:
                wait = wait_for(found)
                if wait:
                    answer = refuse(request, Throttled(wait))
                    answer.headers["Retry-After"] = str(wait)
                    return answer
                if found.used_on != clock.now().date():
                    token_used(found.token)
            return run(request, **kwargs)

        return guarded

    return counting
