"""The pages of a source. Whoever did not respond gets the same 404 as for what is not there, with every method."""

import uuid
from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.core.importing.decoding import NotTextError, decoded
from fairlead.people.actors import actor_of
from fairlead.sources.records.door import OpenSource, open_source, open_sources
from fairlead.sources.records.forms import ResponderForm
from fairlead.sources.records.publishing import Waiting, lines_publish, waiting_lines
from fairlead.sources.records.selectors import content_of, responders_of, waiting_count
from fairlead.sources.records.services import responder_add, source_erase_early

_SHOWN = 100_000  # characters of a text on the page; all of it is in the file


def _one_source(
    act: str, *methods: str
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Wrap a view of one source: the door first, then the method, so that a 405 tells nothing."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, source_id: uuid.UUID) -> HttpResponse:
            opened = open_source(actor_of(request.user), source_id, act=act)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, opened)

        return wrapped

    return wrap


def _shown(opened: OpenSource, waiting: list[Waiting] | None = None) -> dict[str, object]:
    """Gather what the page shows of one source."""
    kept = content_of(opened)
    try:
        text, _ = decoded(kept.content)
    except NotTextError:
        text = ""
    return {
        "source": opened.source,
        "name": kept.name,
        "text": text[:_SHOWN],
        "is_cut": len(text) > _SHOWN,
        "size": len(kept.content),
        "responders": responders_of(opened),
        "waiting": waiting_lines(opened) if waiting is None else waiting,
        "count": waiting_count(opened),
    }


@never_cache
def source(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Everything of an incident's sources that this person may read."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    opened = open_sources(actor, incident)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    values = {"incident": incident, "sources": [_shown(one) for one in opened], "form": ResponderForm()}
    return render(request, "records/source.html", values)


@never_cache
def let_in(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Let a colleague read what this person may read of an incident's sources."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    opened = open_sources(actor, incident, act="let_in")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = ResponderForm(request.POST)
    if accepted(form, lambda data: [responder_add(one, **data) for one in opened]):
        messages.success(request, f"{form.cleaned_data['colleague'].name} can read it now.")
        return redirect("source", incident.pk)
    values = {"incident": incident, "sources": [_shown(one) for one in opened], "form": form}
    return render(request, "records/source.html", values, status=422)


@_one_source("read_file", "GET", "HEAD")
def file(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """The content as it came, byte for byte, for saving; a browser never shows it as a page."""
    kept = content_of(opened)
    answer = HttpResponse(kept.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        f'attachment; filename="source-{opened.source.pk.hex[:8]}.{_ending(kept.name)}"'
    )
    return answer


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if name.count(".") and ending.isascii() and ending.isalnum() and len(ending) <= 8 else "txt"  # noqa: PLR2004 - no known ending is longer


@_one_source("publish", "POST")
def publish(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Publish the lines that were chosen, in the words that stand in the form."""
    posted = request.POST
    ids = [uuid.UUID(one) for one in posted.getlist("line") if _is_id(one)]
    typed = {one: posted.get(f"words-{one}", "") for one in ids}
    chosen = {one: words for one, words in typed.items() if posted.get(f"what-{one}") == "publish"}
    left_out = {one for one in ids if posted.get(f"what-{one}") == "leave"}
    refused = lines_publish(opened.actor, opened, chosen=chosen, left_out=left_out)
    if not refused:
        return redirect("source", opened.source.incident_id or opened.source.pk)
    waiting = waiting_lines(opened, typed=typed, problems=refused)
    values = {
        "incident": opened.source.incident,
        "sources": [_shown(opened, waiting)],
        "form": ResponderForm(),
        "refused": len(refused),
    }
    return render(request, "records/source.html", values, status=422)


@_one_source("erase", "GET", "HEAD", "POST")
def erase(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Erase it before its day: asked first, with what goes and for whom."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and accepted(form, lambda _: [source_erase_early(opened)]):
        messages.success(request, "It is erased. What was published from it stays.")
        incident_id = opened.source.incident_id
        return redirect("incident", incident_id) if incident_id else redirect("incidents")
    return render(
        request, "records/erase.html", {**_shown(opened), "form": form}, status=422 if form.errors else 200
    )


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
