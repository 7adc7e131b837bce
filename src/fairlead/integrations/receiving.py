"""What every webhook does with a delivery that was found authentic: an incident, its source, for one team."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from fairlead.core.importing.values import Reading
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import SYSTEM
from fairlead.foundation.vault.marks import mark
from fairlead.people.selectors import team_that_responds
from fairlead.sources.intake.services import incident_bring

LARGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whoever a webhook writes for: the machine itself, and the marks of the team that may read the source."""

    actor: Actor
    readers: tuple[str, ...]


def receiver() -> Receiver:
    """Return the receiver of this server. Raises Http404 while no team is named and there is not just one."""
    team = team_that_responds(settings.FAIRLEAD_WEBHOOK_TEAM)
    if team is None:
        raise Http404
    return Receiver(
        actor=Actor(account="", mark=SYSTEM, belongs_to=frozenset({str(team.pk)})),
        readers=tuple(mark(account_id) for account_id in team.members),
    )


def body_of(request: HttpRequest) -> bytes | None:
    """Return the body of a delivery as it came, or None when it is larger than any should be."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdecimal() or int(declared) > LARGEST:
        return None
    body = request.body
    return body if len(body) <= LARGEST else None


def refused() -> HttpResponse:
    """Answer a delivery that is not authentic: the same bytes, whatever was wrong."""
    return HttpResponse(status=401)


def too_large() -> HttpResponse:
    """Answer a delivery that is larger than any should be."""
    return JsonResponse({"problem": "A delivery may have 1 MB."}, status=413)


def received(reading: Reading, body: bytes, *, kind: str, by: Receiver) -> HttpResponse:
    """Bring in what a delivery tells, with the delivery itself as the source."""
    if not reading.is_readable:
        return JsonResponse({"problem": reading.problems[0]}, status=400)
    for incident in reading.incidents:
        incident_bring(by.actor, imported=incident, kind=kind, content=body, readers=by.readers)
    return JsonResponse({"incidents": len(reading.incidents)}, status=202)
