"""Pages of lessons."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.lessons.forms import LessonForm, RateForm, StandingForm, TryForm
from fairlead.commons.lessons.selectors import Shown, lesson_get, lesson_list
from fairlead.commons.lessons.services import (
    lesson_answer,
    lesson_mute,
    lesson_rate,
    lesson_show,
    lesson_try,
    lesson_write,
)
from fairlead.commons.refused_forms import accepted
from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.match import Reason
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.people.actors import actor_of


def _lesson_or_404(actor: Actor, lesson_id: uuid.UUID) -> Shown:
    shown = lesson_get(actor, lesson_id)
    if shown is None:
        raise Http404
    return shown


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Every lesson, by title."""
    return render(request, "lessons/list.html", {"lessons": lesson_list(actor_of(request.user))})


def _page(
    request: HttpRequest,
    lesson_id: uuid.UUID,
    *,
    form: TryForm | None = None,
    rate: RateForm | None = None,
    tried: tuple[tuple[Reason, ...]] | None = None,
) -> HttpResponse:
    """Return the page of a lesson, with what was just tried or typed."""
    actor = actor_of(request.user)
    shown = _lesson_or_404(actor, lesson_id)
    values = {
        "shown": shown,
        "form": form or TryForm(),
        "rate": rate or RateForm(initial={"edition": shown.lesson.edition}),
        "tried": tried,
        "may_write": may_write_commons(actor).allowed,
    }
    is_refused = any(one is not None and one.errors for one in (form, rate))
    return render(request, "lessons/lesson.html", values, status=422 if is_refused else 200)


@require_safe
def lesson(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """One lesson: what to know, when it appears, and whether that is proved."""
    return _page(request, lesson_id)


@require_POST
def try_on(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Try a lesson on a change that was pasted, and show what was seen. Nothing of the change is kept."""
    actor = actor_of(request.user)
    _lesson_or_404(actor, lesson_id)
    form = TryForm(request.POST)
    tried = accepted(
        form,
        lambda data: (lesson_try(actor, lesson_id=lesson_id, change=read_diff(data["change"].splitlines())),),
    )
    return _page(request, lesson_id, form=form, tried=tried)


@require_POST
def rate(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Keep on how many ordinary changes it would fire."""
    actor = actor_of(request.user)
    _lesson_or_404(actor, lesson_id)
    form = RateForm(request.POST)
    if accepted(form, lambda data: lesson_rate(actor, lesson_id=lesson_id, **data)):
        return redirect("lesson", lesson_id)
    return _page(request, lesson_id, rate=form)


def _written(request: HttpRequest, actor: Actor, incident: Incident, form: LessonForm) -> HttpResponse:
    made = None
    if request.method == "POST":
        names = ("lesson_id", "edition", "title", "know", "triggers", "safeguards")
        made = accepted(
            form,
            lambda data: lesson_write(actor, incident=incident, **{name: data[name] for name in names}),
        )
    if made:
        return redirect("lesson", made.pk)
    return render(
        request, "lessons/form.html", {"form": form, "incident": incident}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Write a lesson of an incident."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    form = LessonForm(request.POST) if request.method == "POST" else LessonForm.blank()
    return _written(request, actor, incident, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Change a lesson."""
    actor = actor_of(request.user)
    found = _lesson_or_404(actor, lesson_id).lesson
    form = LessonForm(request.POST) if request.method == "POST" else LessonForm.of(found)
    return _written(request, actor, found.incident, form)


@require_POST
def show(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Show a lesson whose triggers are proved."""
    return _stand(request, lesson_id, lesson_show)


@require_POST
def mute(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Let a lesson fall silent."""
    return _stand(request, lesson_id, lesson_mute)


def _stand(request: HttpRequest, lesson_id: uuid.UUID, service: Callable[..., object]) -> HttpResponse:
    actor = actor_of(request.user)
    _lesson_or_404(actor, lesson_id)
    form = StandingForm(request.POST)
    if not form.is_valid():
        raise Refused("This page was too old. Open the lesson again.")
    service(actor, lesson_id=lesson_id, edition=form.cleaned_data["edition"])
    return redirect("lesson", lesson_id)


@require_POST
def answer(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Say in one click whether a lesson was useful."""
    actor = actor_of(request.user)
    _lesson_or_404(actor, lesson_id)
    lesson_answer(actor, lesson_id=lesson_id, useful=request.POST.get("useful") == "yes")
    return redirect("lesson", lesson_id)
