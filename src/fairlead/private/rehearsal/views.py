"""Pages of the rehearsal. What was said so far travels in the page itself, and is forgotten when it is closed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.core.playbook.reader import load_default
from fairlead.core.rehearsal.advice import not_heard_yet, worth_changing
from fairlead.core.rehearsal.partners import partner, partners
from fairlead.core.rehearsal.play import LONGEST_LINE, MOST_LINES, play
from fairlead.people.actors import actor_of


def _refuse_others(request: HttpRequest) -> None:
    if not actor_of(request.user).is_manager:
        raise Http404


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose who sits there."""
    _refuse_others(request)
    return render(request, "rehearsal/choose.html", {"partners": partners()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rehearse(request: HttpRequest, key: str) -> HttpResponse:
    """Say a line and hear the answer, or end and look back. Nothing is written anywhere."""
    _refuse_others(request)
    chosen = partner(key)
    if chosen is None:
        raise Http404
    lines = [line for line in request.POST.getlist("line") if line.strip()]
    if said := request.POST.get("say", "").strip():
        lines.append(said)
    turns = play(chosen, lines)
    ended = bool(turns) and ("end" in request.POST or len(turns) == MOST_LINES)
    values = {
        "partner": chosen,
        "turns": turns,
        "ended": ended,
        "advice": worth_changing(turns) if ended else (),
        "not_heard": not_heard_yet(turns) if ended else (),
        "movements": {movement.key: movement for movement in load_default().movements},
        "longest": LONGEST_LINE,
    }
    return render(request, "rehearsal/rehearse.html", values)
