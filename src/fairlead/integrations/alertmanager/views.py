"""Where Alertmanager and Grafana deliver alerts."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fairlead.core.importing import read_alertmanager
from fairlead.core.webhooks import is_bearer
from fairlead.foundation import clock
from fairlead.integrations.receiving import body_of, received, receiver, refused, too_large


@csrf_exempt
@login_not_required
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """Take the alerts of somebody who carries the secret; the same alert again is the same incident."""
    if not settings.FAIRLEAD_ALERTMANAGER_SECRET:
        raise Http404
    by = receiver()
    if not is_bearer(request.headers.get("Authorization", ""), settings.FAIRLEAD_ALERTMANAGER_SECRET):
        return refused()
    body = body_of(request)
    if body is None:
        return too_large()
    return received(read_alertmanager(body, now=clock.now()), body, kind="alertmanager", by=by)
