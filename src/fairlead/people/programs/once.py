"""Each write of a program is one transaction, and with an Idempotency-Key it happens once however often it is sent.

The answer is written down in the transaction of what it answers for: after a crash either both are there or neither,
and a second request with the same key waits for the first and then gets its answer. A refusal leaves nothing behind,
so that a corrected request may carry the same key.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.people.programs.access import Refuse, Run, holder
from fairlead.people.programs.models import GivenAnswer
from fairlead.people.programs.selectors import Holder
from fairlead.people.programs.tokens import keyed

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
LONGEST = 200
_SAFE = {"GET", "HEAD", "OPTIONS"}
_REFUSED = 400
_HEADERS = ("Content-Type", "ETag", "Location")


def _claimed(key: str, asked: str) -> GivenAnswer:
    """Return the row of a key, locked: a new one without a status, or what was answered before."""
    now = clock.now()
    GivenAnswer.objects.filter(key=key, kept_until__lt=now).delete()
    row = GivenAnswer(key=key, request=asked, kept_until=now + KEPT)
    GivenAnswer.objects.bulk_create([row], ignore_conflicts=True)  # waits for whoever holds the same key
    return GivenAnswer.objects.select_for_update().get(key=key)


def _again(row: GivenAnswer, asked: str) -> HttpResponse:
    if row.request != asked:
        raise Refused(
            "This Idempotency-Key was used for another request within the last day. Make a new key."
        )
    return HttpResponse(
        row.body.encode(), status=row.status, headers={**row.headers, "Idempotent-Replay": "true"}
    )


def _asked(request: HttpRequest) -> str:
    parts = [request.method or "", request.get_full_path(), ""]
    return hashlib.sha256("\n".join(parts).encode() + request.body).hexdigest()


def once(refuse: Refuse) -> Callable[[Run], Run]:
    """Return what runs a writing operation in one transaction, taken back when it refuses; a POST once for each key."""

    def keeping(run: Run) -> Run:
        @wraps(run)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            found = holder(request)
            if request.method in _SAFE or found is None:
                return run(request, **kwargs)
            try:
                return _written(request, found, lambda: run(request, **kwargs))
            except Exception as error:  # noqa: BLE001 - whatever the transaction met is answered in one shape
                return refuse(request, error)

        return guarded

    return keeping


def _written(request: HttpRequest, found: Holder, run: Callable[[], HttpResponse]) -> HttpResponse:
    key = _key(request) if request.method == "POST" else ""
    asked = _asked(request) if key else ""
    with transaction.atomic():
        row = _claimed(keyed(f"{found.token}\x00{key}"), asked) if key else None
        if row is not None and row.status:
            return _again(row, asked)
        answer = run()
        if answer.status_code >= _REFUSED:
            transaction.set_rollback(True)
        elif row is not None:
            row.status, row.body = answer.status_code, answer.content.decode()
            row.headers = {name: answer.headers[name] for name in _HEADERS if name in answer.headers}
            row.save(update_fields=["status", "body", "headers"])
        return answer


def _key(request: HttpRequest) -> str:
    """Return the request's key. Raises ValidationError when there is none or it is too long."""
    key = request.headers.get(HEADER, "").strip()
    if key and len(key) <= LONGEST:
        return key
    words = f"send a key of 1 to {LONGEST} characters: a new one for each thing, the same when you repeat it"
    raise ValidationError([{"loc": ("header", HEADER), "type": "idempotency_key", "msg": words}])
