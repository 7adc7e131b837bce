"""Pages of a timeline. Each form is a page of its own; where there is a script, htmx brings it into the incident's."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reselect, reswap, retarget

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import moment_set
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.refused_forms import accepted
from fairlead.commons.timeline.drawing import timeline_shown
from fairlead.commons.timeline.forms import EntryForm, MomentForm, MoveForm
from fairlead.commons.timeline.models import Entry
from fairlead.commons.timeline.selectors import entry_get, history_of
from fairlead.commons.timeline.services import (
    NewEntry,
    entries_add,
    entry_change,
    entry_drop,
    entry_move_by,
    entry_restore,
)
from fairlead.core.timeline import moment_words
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.people.actors import actor_of


def _entry_or_404(actor: Actor, incident_id: uuid.UUID, entry_id: uuid.UUID) -> Entry:
    found = entry_get(actor, incident_or_404(actor, incident_id), entry_id)
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, incident: Incident) -> HttpResponse:
    """Go back to the timeline: within the incident's page, or as that page anew."""
    if request.htmx:
        return redirect("timeline", incident.pk)
    return redirect(reverse("incident", args=[incident.pk]) + "#timeline")


def _form_page(
    request: HttpRequest, template: str, incident: Incident, form: object, **values: object
) -> HttpResponse:
    wrong = bool(getattr(form, "errors", None))
    page = render(
        request,
        template,
        {"incident": incident, "form": form, **values},
        status=422 if wrong and not request.htmx else 200,
    )
    if wrong and request.htmx:  # the form stays where it is, with what is wrong
        return retarget(reselect(reswap(page, "outerHTML"), "#timeline-form"), "#timeline-form")
    return page


@require_safe
def whole(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The whole timeline of an incident, however long."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    values = {
        "incident": incident,
        "timeline": timeline_shown(actor, incident, viewer_zone=request.user.zone),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "timeline/whole.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Add an entry."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    zone = request.user.zone
    if request.method == "POST":
        form = EntryForm(request.POST, incident=incident, viewer_zone=zone)
        if accepted(
            form,
            lambda data: entries_add(
                actor,
                incident=incident,
                entries=[NewEntry(data["entry_id"] or uuid.uuid4(), data["moment"], data["words"])],
            ),
        ):
            return _done(request, incident)
    else:
        form = EntryForm.blank(incident=incident, viewer_zone=zone)
    return _form_page(request, "timeline/entry.html", incident, form, entry=None, history=())


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, incident_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """One entry with how it read before: correct it, take it out, put it back."""
    actor = actor_of(request.user)
    found = _entry_or_404(actor, incident_id, entry_id)
    data = request.POST if request.method == "POST" else None
    form = EntryForm.of(found, data, viewer_zone=request.user.zone)
    if data is not None and accepted(form, lambda cleaned: _written(actor, found, data, cleaned)):
        return _done(request, found.incident)
    return _form_page(
        request, "timeline/entry.html", found.incident, form, entry=found, history=history_of(actor, found)
    )


def _written(actor: Actor, entry: Entry, data: object, cleaned: dict[str, object]) -> Entry:
    edition = cleaned["edition"] or 0
    if "drop" in data:
        return entry_drop(actor, entry_id=entry.pk, edition=edition)
    if "restore" in data:
        return entry_restore(actor, entry_id=entry.pk)
    return entry_change(
        actor, entry_id=entry.pk, edition=edition, at=cleaned["moment"], words=cleaned["words"]
    )


@require_POST
def entry_move(request: HttpRequest, incident_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Move an entry by some minutes: what dragging a point and its arrow keys send."""
    actor = actor_of(request.user)
    found = _entry_or_404(actor, incident_id, entry_id)
    form = MoveForm(request.POST)
    moved = accepted(
        form,
        lambda data: entry_move_by(
            actor, entry_id=found.pk, edition=data["edition"] or 0, by=data["minutes"]
        ),
    )
    return _done(request, found.incident) if moved else _not_moved(request, found.incident, form)


@require_http_methods(["GET", "HEAD", "POST"])
def moment(request: HttpRequest, incident_id: uuid.UUID, moment: str) -> HttpResponse:
    """One of the known moments: say it, correct it, take it back."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    data = request.POST if request.method == "POST" else None
    form = MomentForm.of(incident, moment, data, viewer_zone=request.user.zone)
    if data is not None and accepted(
        form,
        lambda cleaned: moment_set(
            actor, incident_id=incident.pk, moment=moment, at=cleaned["moment"], was=cleaned["was"]
        ),
    ):
        return _done(request, incident)
    return _form_page(
        request, "timeline/moment.html", incident, form, moment=moment, words=moment_words(moment)
    )


@require_POST
def moment_move(request: HttpRequest, incident_id: uuid.UUID, moment: str) -> HttpResponse:
    """Move a known moment by some minutes."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    form = MoveForm(request.POST)
    moved = accepted(
        form,
        lambda data: moment_set(
            actor,
            incident_id=incident.pk,
            moment=moment,
            at=data["was"] + data["minutes"] if data["was"] else None,
            was=data["was"],
        ),
    )
    return _done(request, incident) if moved else _not_moved(request, incident, form)


def _not_moved(request: HttpRequest, incident: Incident, form: MoveForm) -> HttpResponse:
    """Say on the timeline as it stands now why the point was not moved."""
    actor = actor_of(request.user)
    values = {
        "incident": incident,
        "timeline": timeline_shown(actor, incident, viewer_zone=request.user.zone),
        "may_write": may_write_commons(actor).allowed,
        "problem": " ".join(error for errors in form.errors.values() for error in errors),
    }
    return render(request, "timeline/whole.html", values, status=200 if request.htmx else 422)
