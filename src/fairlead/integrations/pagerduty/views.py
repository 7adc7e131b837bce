"""Where PagerDuty delivers its events."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fairlead.core.importing import read_pagerduty
from fairlead.core.webhooks import is_recent, is_signed
from fairlead.foundation import clock
from fairlead.integrations.pagerduty.services import delivery_take
from fairlead.integrations.receiving import body_of, receiver, refused, too_large


@csrf_exempt
@login_not_required
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """Take a signed event: not one that is older than five minutes, and none twice."""
    if not settings.FAIRLEAD_PAGERDUTY_SECRETS:
        raise Http404
    by = receiver()
    body = body_of(request)
    if body is None:
        return too_large()
    if not is_signed(
        body, request.headers.get("X-PagerDuty-Signature", ""), settings.FAIRLEAD_PAGERDUTY_SECRETS
    ):
        return refused()
    event = _event(body)
    if not is_recent(event.get("occurred_at"), now=clock.now()):
        return refused()
    reading = read_pagerduty(body, now=clock.now())
    is_new = delivery_take(str(event.get("id")), reading, body, by=by)
    # A ping, and other events that tell of no incident, are taken too: what they are is PagerDuty's affair.
    return JsonResponse({"incidents": len(reading.incidents) if is_new else 0}, status=202)


def _event(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    event = found.get("event") if isinstance(found, dict) else None
    return event if isinstance(event, dict) else {}
