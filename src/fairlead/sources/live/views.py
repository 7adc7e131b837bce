"""The pages of a live log. Whoever takes no part gets the same 404 as for what is not there, with every method."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.commons.blameless import refuse_people
from fairlead.commons.incidents.moments import as_wall_clock
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.core.livelog import read_line, sent_at, status_update
from fairlead.core.refusal import Refused
from fairlead.core.timescale import clock as clock_words
from fairlead.core.timescale import short_day
from fairlead.core.visibility import ResponderRole
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.sources.live.forms import (
    TAKES,
    CorrectForm,
    LineForm,
    MomentForm,
    RoleForm,
    StartForm,
    UpdateForm,
)
from fairlead.sources.live.selectors import (
    ShownLine,
    earlier_readings,
    line_of,
    lines_since,
    nothing_new,
)
from fairlead.sources.live.services import (
    MOMENTS_OF_THE_LOG,
    line_add,
    line_change,
    log_begin,
    log_start,
    moment_has_come,
    role_take,
)
from fairlead.sources.records.door import OpenSource, open_source
from fairlead.sources.records.models import Source
from fairlead.sources.records.selectors import responders_of

View = Callable[..., HttpResponse]


def _our_log(act: str, *methods: str) -> Callable[[View], View]:
    """Wrap a view of one log: the door first, then the method, so that a 405 tells nothing."""

    def wrap(view: View) -> View:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, log_id: uuid.UUID, **parts: object) -> HttpResponse:
            opened = open_source(actor_of(request.user), log_id, act=act)
            if opened.source.kind != Source.Kind.LIVE or opened.source.incident is None:
                raise Http404
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, opened, **parts)

        return wrapped

    return wrap


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Something is going on: a title makes the incident and its log."""
    actor = actor_of(request.user)
    form = StartForm(request.POST) if request.method == "POST" else StartForm.blank()
    if request.method == "POST":
        made = accepted(form, lambda data: log_start(actor, zone=request.user.zone, **data))
        if made:
            return redirect("log", made.pk)
    return render(request, "live/start.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def begin(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Begin the log of an incident that is on record, or go to one's own."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    try:
        return redirect("log", log_begin(actor, log_id=uuid.uuid4(), incident=incident).pk)
    except Refused as refused:
        values = {"title": "No log was begun", "problem": refused.reason, "missing": ()}
        return render(request, "site/trouble.html", values, status=409)


def _told(line: ShownLine, zone: str) -> dict[str, object]:
    day, today = (at.astimezone(ZoneInfo(zone)).date() for at in (line.at, clock.now()))
    showed = clock_words(line.at, zone)
    return {
        "id": str(line.id),
        "number": line.number,
        "at": line.at.isoformat(),
        "clock": showed if day == today else f"{short_day(day)}\n{showed}",
        "words": line.words,
        "who": line.who,
        "edition": line.edition,
        "published": line.published,
    }


def _page(request: HttpRequest, opened: OpenSource, **more: object) -> HttpResponse:
    lines = lines_since(opened)
    incident = opened.source.incident
    values = {
        "log": opened.source,
        "incident": incident,
        "lines": [_told(line, request.user.zone) for line in lines],
        "last": max((line.number for line in lines), default=0),
        "line_id": uuid.uuid4(),
        "moment_line": uuid.uuid4(),
        "responders": responders_of(opened),
        "role": opened.role,
        "commands": opened.role is ResponderRole.COMMANDER,
        "takes": [(role, words) for role, words in TAKES.items() if role != opened.role],
        "not_yet": [one for one in MOMENTS_OF_THE_LOG if getattr(incident, f"{one}_at") is None],
        "problem": "",
        "typed": "",
        **more,
    }
    return render(request, "live/log.html", values, status=422 if values["problem"] else 200)


@_our_log("read_log", "GET", "HEAD")
def log(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """The log."""
    return _page(request, opened)


@_our_log("write_log", "POST")
def add(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Add a line: from the page's queue, or as a plain form."""
    form = LineForm(request.POST)
    zone = request.user.zone

    def kept(data: dict[str, Any]) -> object:
        at, words = read_line(data["words"], now=sent_at(data["typed_at"], now=clock.now()), zone=zone)
        return line_add(opened, line_id=data["line_id"] or uuid.uuid4(), at=at, words=words)

    if accepted(form, kept):
        return JsonResponse({"kept": True}) if _by_script(request) else redirect("log", opened.source.pk)
    problem = " ".join(error for errors in form.errors.values() for error in errors)
    if _by_script(request):
        return JsonResponse({"problem": problem}, status=422)
    return _page(request, opened, problem=problem, typed=request.POST.get("words", ""))


@never_cache
def since(request: HttpRequest, log_id: uuid.UUID, number: int) -> HttpResponse:
    """What was written or corrected since; where there is nothing, no key is unwrapped."""
    number = min(number, 2**31)
    if request.method == "GET" and nothing_new(actor_of(request.user), log_id, number):
        return JsonResponse({"lines": []})
    return _lines_since(request, log_id, number=number)


@_our_log("read_log", "GET", "HEAD")
def _lines_since(request: HttpRequest, opened: OpenSource, number: int) -> HttpResponse:
    return JsonResponse({"lines": [_told(one, request.user.zone) for one in lines_since(opened, number)]})


@_our_log("write_log", "GET", "HEAD", "POST")
def line(request: HttpRequest, opened: OpenSource, line_id: uuid.UUID) -> HttpResponse:
    """One line with how it read before: correct it."""
    found = line_of(opened, line_id)
    if found is None:
        raise Http404
    zone, at = request.user.zone, found.entry.at
    shown = next(one for one in lines_since(opened) if one.id == line_id)
    local = at.astimezone(ZoneInfo(zone))
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        zone=zone,
        standing=at,
        initial={
            "edition": found.edition,
            "at": f"{as_wall_clock(at, zone):%Y-%m-%dT%H:%M:%S}",
            "at_which": str(local.fold) if twice else "",
            "words": shown.words,
        },
    )
    if request.method == "POST" and accepted(
        form,
        lambda data: line_change(
            opened, line_id=line_id, edition=data["edition"], at=data["moment"], words=data["words"]
        ),
    ):
        return redirect("log", opened.source.pk)
    values = {
        "log": opened.source,
        "incident": opened.source.incident,
        "line": shown,
        "received_at": found.received_at,
        "form": form,
        "history": earlier_readings(opened, found),
    }
    return render(request, "live/line.html", values, status=422 if form.errors else 200)


@_our_log("take_role", "POST")
def role(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Take a role with one tap."""
    form = RoleForm(request.POST)
    if form.is_valid():
        role_take(opened, ResponderRole(form.cleaned_data["role"]))
        return redirect("log", opened.source.pk)
    return _page(request, opened, problem="This role is not known here. Nothing was changed.")


@_our_log("write_log", "POST")
def moment(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Say with one tap that it was detected, mitigated or resolved."""
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _page(request, opened, problem="That was not understood. Nothing was changed.")
    data = form.cleaned_data
    try:
        moment_has_come(
            opened, moment=data["moment"], line_id=data["line_id"], words=data["moment"].capitalize()
        )
    except Refused as refused:
        return _page(request, opened, problem=refused.reason)
    return redirect("log", opened.source.pk)


@_our_log("read_log", "GET", "HEAD", "POST")
def update(request: HttpRequest, opened: OpenSource) -> HttpResponse:
    """Draft a status update from the log; it is checked like everything that others read, and sent by nobody here."""
    form = UpdateForm(request.POST or None, initial={"customers_see": opened.source.incident.customer_saw})
    draft = accepted(form, lambda data: _drafted(request, data)) if request.method == "POST" else None
    values = {"log": opened.source, "incident": opened.source.incident, "form": form, "draft": draft}
    return render(request, "live/update.html", values, status=422 if form.errors else 200)


def _drafted(request: HttpRequest, data: dict[str, Any]) -> str:
    refuse_people(customers_see=data["customers_see"])
    now = clock.now()
    return status_update(
        state=data["state"],
        at=now,
        zone=request.user.zone,
        customers_see=data["customers_see"],
        next_at=now + timedelta(minutes=data["next_in"]) if data["next_in"] else None,
    )
