"""The pages of an import: choose, look over, watch it go in, read what came of it."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.commons.refused_forms import accepted
from fairlead.core.importing.table import header_of
from fairlead.people.actors import actor_of
from fairlead.sources.intake.import_forms import ImportForm, ReadingForm, on_a_page
from fairlead.sources.intake.models import ImportRun
from fairlead.sources.intake.runs import (
    Options,
    options_of,
    outcome_of,
    report_of,
    run_begin,
    run_change,
    run_go,
)
from fairlead.sources.records.door import OpenSource, open_source
from fairlead.sources.records.selectors import content_of

_SHOWN = 20  # incidents of the preview
_ASKED = ("GET", "HEAD", "POST")


@never_cache
@require_http_methods(_ASKED)
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file of another tool."""
    actor = actor_of(request.user)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm.blank()
    begun = request.method == "POST" and accepted(
        form,
        lambda data: run_begin(
            actor,
            source_id=data["source_id"] or uuid.uuid4(),
            format_=data["format"],
            content=data["file"],
            name=request.FILES["file"].name or "",
            options=Options(),
        ),
    )
    if begun:
        return redirect("import_run", begun.source_id)
    return render(request, "intake/import.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest, source_id: uuid.UUID) -> tuple[OpenSource, ImportRun | None]:
    opened = open_source(actor_of(request.user), source_id, act="import")
    return opened, ImportRun.objects.select_related("source").filter(source=source_id).first()


@never_cache
def run(request: HttpRequest, source_id: uuid.UUID) -> HttpResponse:
    """Look over what would go in; then see it going, and what came of it."""
    opened, found = _opened(request, source_id)
    if request.method not in _ASKED:
        return HttpResponseNotAllowed(_ASKED)
    if found is None:  # a source that was never a file to import
        return redirect("incident_confirm", source_id)
    if found.state != ImportRun.State.LOOKED_OVER:
        return render(request, "intake/import_going.html", _standing(opened, found))
    columns = header_of(content_of(opened).content) if found.format == "csv" else ()
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        initial=ReadingForm.values_of(options_of(opened.envelope, found)),
        format_=found.format,
        columns=columns,
    )
    if request.method == "POST" and form.is_valid():
        run_change(opened, found, options=form.options())
        if "go" in request.POST:
            run_go(opened, found)
        return redirect("import_run", source_id)
    outcome = outcome_of(opened.envelope, found)
    values = {
        "run": found,
        "form": form,
        "outcome": outcome,
        "shown": outcome.incidents[:_SHOWN],
        "said": on_a_page,
        "doubtful": sum(bool(one.problems) for one in outcome.incidents),
    }
    return render(request, "intake/import_look.html", values, status=422 if form.errors else 200)


@never_cache
def progress(request: HttpRequest, source_id: uuid.UUID) -> HttpResponse:
    """The part of the page that changes while an import goes in."""
    opened, found = _opened(request, source_id)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if found is None:
        return redirect("incident_confirm", source_id)
    return render(request, "intake/import_progress.html", _standing(opened, found))


def _standing(opened: OpenSource, found: ImportRun) -> dict[str, object]:
    return {
        "run": found,
        "report": report_of(opened.envelope, found),
        "said": partial(on_a_page, is_done=True),
    }
