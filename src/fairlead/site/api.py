"""The API for programs: every part's operations put together under /api/v1/, with one shape of errors.

The private side has none. Only tokens count here; a browser's sign-in is not looked at, so no page elsewhere can make
a browser act.
"""

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.responses import NinjaJSONEncoder

from fairlead.commons.blameless import NamesSomebody
from fairlead.commons.exports.api import router as exports
from fairlead.commons.factors.api import router as factors
from fairlead.commons.harmless.api import router as harmless
from fairlead.commons.impact.api import router as impact
from fairlead.commons.improvements.api import router as improvements
from fairlead.commons.incidents.api import router as incidents
from fairlead.commons.lessons.api import router as lessons
from fairlead.commons.messages.api import router as messages
from fairlead.commons.proofs.api import router as proofs
from fairlead.commons.reviews.api import router as reviews
from fairlead.commons.timeline.api import router as timeline
from fairlead.people.programs.access import counted
from fairlead.people.programs.once import once
from fairlead.people.programs.problems import Unreadable, said, told
from fairlead.site.search_api import router as search
from fairlead.sources.records.api import router as sources

logger = logging.getLogger(__name__)

VERSION = "1"
_ABOUT = """\
Everything of the commons, for programs, and the sources of those who responded. Send a token as `Authorization: Bearer
fl_…`; make one on the page “Access for programs”. A token acts with the rights its owner has at that moment. Errors
have one shape (`Problem`). Every POST carries an `Idempotency-Key`: sent again within a day, it makes nothing twice.
The private side has no API.
"""


class JsonBody(Parser):
    """Reads a body that says it is JSON, however deep or odd it is."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body. Raises Unreadable."""
        if request.content_type != "application/json":
            raise Unreadable(415, "Send the body as application/json.")
        try:
            return json.loads(request.body)
        except (ValueError, RecursionError):
            raise Unreadable(
                400, "The body is not JSON, or is nested too deeply. Nothing was changed."
            ) from None


class Api(NinjaAPI):
    """The API, whose operations are called what their functions are called."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of an operation."""
        return operation.view_func.__name__


api = Api(
    title="Fairlead",
    version=VERSION,
    description=_ABOUT,
    docs_url=None,  # its page would load scripts from elsewhere; docs/api.md is the page for people
    urls_namespace="api",
    parser=JsonBody(),
)


def refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the answer to an error, in the one shape."""
    known = told(error)
    if known is None:
        logger.error("the API broke", exc_info=error)
        known = said(500, "Something broke", "It was written to the log of the server. Nothing was saved.")
    status, problem = known
    if isinstance(error, NamesSomebody):
        places = [{"code": "names_somebody", "words": one.words, "field": one.field} for one in error.places]
        problem = {**problem, "missing": places, "neutral": error.neutral}
    response = api.create_response(request, problem, status=status)
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        response.headers["Retry-After"] = "1"
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Fairlead"'
    return response


api.set_default_exception_handlers()
for kind in (*api._exception_handlers, Exception):  # noqa: SLF001 - the library's own defaults speak another shape
    api.add_exception_handler(kind, refuse)
api.add_decorator(once(refuse), mode="view")
api.add_decorator(counted(refuse), mode="view")
for router in (
    incidents,
    impact,
    factors,
    improvements,
    proofs,
    lessons,
    messages,
    timeline,
    reviews,
    sources,
    harmless,
    search,
    exports,
):
    api.add_router("", router)


@csrf_exempt  # no sign-in counts here, so there is nothing to forge
@login_not_required
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for an address under /api/ where there is nothing, in the one shape."""
    _, problem = said(
        404, "Not here", "There is nothing at this address. /api/v1/openapi.json lists what there is."
    )
    return HttpResponse(
        json.dumps(problem, cls=NinjaJSONEncoder), status=404, content_type="application/json"
    )


def urls() -> tuple[Sequence[URLPattern], str, str]:
    """Return the addresses of the API; a token is looked for there instead of a sign-in."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False  # type: ignore[union-attr]
        if pattern.name == "api-root":
            pattern.callback = nothing  # type: ignore[union-attr]
    return patterns, app, namespace


urlpatterns = [re_path(r"(?P<rest>[\s\S]*)", nothing, name="api_nothing")]
