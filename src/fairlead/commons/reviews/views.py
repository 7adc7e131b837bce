"""Pages of reviews."""

import uuid
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.commons.blameless import NamesSomebody, NotYetDecided, undecided_in
from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.views import incident_or_404
from fairlead.commons.markdown import as_html
from fairlead.commons.refused_forms import NEUTRAL_WORDS, kept_in
from fairlead.commons.reviews.forms import SaveForm, TemplateFormSet
from fairlead.commons.reviews.models import Publication
from fairlead.commons.reviews.selectors import (
    Draft,
    document_of,
    draft_of,
    kept_before,
    publication_of,
    publications_of,
    template_history,
    template_now,
)
from fairlead.commons.reviews.services import review_publish, section_save, template_set
from fairlead.core.refusal import Refused
from fairlead.core.review.document import Document
from fairlead.core.review.template import to_data
from fairlead.core.visibility import Actor, may_write_commons
from fairlead.foundation import clock
from fairlead.papers.review import review_html, review_pdf
from fairlead.people.actors import actor_of
from fairlead.people.presence import wants_no_page

_TYPES = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf"}
_WHERE = {  # where a part of the review can be changed: what it is called, and its address
    "incident": ("What happened", "incident_change"),
    "impact": ("What it cost", "impact"),
    "timeline": ("The timeline", "incident"),
    "factors": ("What made it possible", "factors"),
    "improvements": ("What will change", "incident"),
}


def _draft_or_404(actor: Actor, incident: Incident) -> Draft:
    draft = draft_of(actor, incident)
    if draft is None:
        raise Http404
    return draft


def _publication_or_404(actor: Actor, incident: Incident, number: int | None = None) -> Publication:
    published = publication_of(actor, incident, number)
    if published is None:
        raise Http404
    return published


def _drawn(document: Document) -> list[tuple[str, object]]:
    return [(section.title, as_html(section.markdown)) for section in document.sections]


@require_safe
def review(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The review as it was published; before that, its draft for people who work in a team."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    if publication_of(actor, incident) is None and may_write_commons(actor).allowed:
        return redirect("review_write", incident.pk)
    return _read(request, actor, incident, _publication_or_404(actor, incident))


@require_safe
def publication(request: HttpRequest, incident_id: uuid.UUID, number: int) -> HttpResponse:
    """The review as it was published under a number."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    return _read(request, actor, incident, _publication_or_404(actor, incident, number))


def _read(request: HttpRequest, actor: Actor, incident: Incident, published: Publication) -> HttpResponse:
    document = document_of(published)
    values = {
        "incident": incident,
        "document": document,
        "sections": _drawn(document),
        "published": published,
        "all": publications_of(actor, incident),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "reviews/read.html", values)


@require_safe
def take_away(request: HttpRequest, incident_id: uuid.UUID, ending: str) -> HttpResponse:
    """The published review as a file: Markdown, HTML or PDF."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    document = document_of(_publication_or_404(actor, incident))
    if ending == "md":
        content: str | bytes = document.markdown()
    elif ending == "html":
        content = review_html(document, [str(as_html(section.markdown)) for section in document.sections])
    elif ending == "pdf":
        content = review_pdf(document)
    else:
        raise Http404
    name = slugify(document.title)[:60] or "review"
    headers = {"Content-Disposition": f'attachment; filename="review-{name}.{ending}"'}
    return HttpResponse(content, content_type=_TYPES[ending], headers=headers)


@require_safe
def write(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """The draft, section by section."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    return _write(request, _draft_or_404(actor, incident), {})


def _write(request: HttpRequest, draft: Draft, refused: Mapping[str, object]) -> HttpResponse:
    values = {
        "incident": draft.incident,
        "draft": draft,
        "parts": {one.section.key: as_html(one.part) for one in draft.sections},
        "refused": refused,
    }
    return render(request, "reviews/write.html", values, status=422 if refused else 200)


@require_POST
def save(request: HttpRequest, incident_id: uuid.UUID, key: str) -> HttpResponse:
    """Save one section: for the script that saves while somebody types, and for the button without it."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    draft = _draft_or_404(actor, incident)
    form = SaveForm(request.POST)
    if not form.is_valid():
        raise Refused(
            "This page could not be read. Nothing was changed; copy your words and open the page again."
        )
    data = form.cleaned_data
    try:
        saved = section_save(actor, incident=incident, key=key, **data)
    except NamesSomebody as named:
        neutral = named.neutral["words"]
        if NEUTRAL_WORDS in request.POST:
            section_save(actor, incident=incident, key=key, **{**data, "words": neutral})
            return redirect("review_write", incident.pk)
        told = {"places": [place.words for place in named.places], "neutral": neutral}
        if wants_no_page(request):
            return JsonResponse({"problem": named.reason, **told}, status=422)
        return _write(request, draft, {"key": key, "words": data["words"], "reason": named.reason, **told})
    except Refused as refused:
        if refused.field == "words" and wants_no_page(request):
            return JsonResponse({"problem": refused.reason}, status=422)
        raise
    if not wants_no_page(request):
        return redirect("review_write", incident.pk)
    answer: dict[str, object] = {"version": saved.version, "saved_at": clock.now().isoformat()}
    if saved.others:
        answer["others"] = [{"words": words, "who": "a colleague"} for words in saved.others]
    return JsonResponse(answer, status=409 if saved.others else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """How it will read, what is missing, what is still to be changed or kept; and the button."""
    actor = actor_of(request.user)
    incident = incident_or_404(actor, incident_id)
    draft = _draft_or_404(actor, incident)
    kept, problem = dict(kept_before(draft.published)), ""
    if request.method == "POST":
        kept = kept_in(request.POST)
        try:
            review_publish(actor, incident=incident, seen=request.POST.get("seen", ""), kept=kept)
        except (NamesSomebody, NotYetDecided, Refused) as refused:
            problem = refused.reason
        else:
            return redirect("review", incident.pk)
    places = draft.places()
    values = {
        "incident": incident,
        "draft": draft,
        "problem": problem,
        "missing": [{"words": one.words, "href": _where(draft, one.code)[1]} for one in draft.missing()],
        "names": [
            (place, *_where(draft, place.field)) for place in places if place.finding.level == "direct"
        ],
        "open": [(place, *_where(draft, place.field)) for place in undecided_in(places, {})],
        "kept": kept,
        "sections": _drawn(draft.document("")),
    }
    return render(request, "reviews/publish.html", values, status=422 if problem else 200)


def _where(draft: Draft, code: str) -> tuple[str, str]:
    """Return what the place is called in which something is to be changed, and its address."""
    part, _, rest = code.partition(":")
    if part == "section":
        title = next((one.title for one in draft.template() if one.key == rest), rest)
        return title, f"{reverse('review_write', args=[draft.incident.pk])}#words-{rest}"
    title, route = _WHERE[part]
    anchor = "#improvements" if part == "improvements" else ""
    return title, reverse(route, args=[draft.incident.pk]) + anchor


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """The sections of every review, to be read and changed."""
    actor = actor_of(request.user)
    number, sections = template_now()
    problems: list[str] = []
    formset = TemplateFormSet(initial=to_data(sections))
    if request.method == "POST":
        formset = TemplateFormSet(request.POST, initial=to_data(sections))
        base = request.POST.get("base", "")
        if formset.is_valid():
            try:
                template_set(actor, base=int(base) if base.isdecimal() else -1, sections=formset.sections())
            except Refused as refused:
                problems = [refused.reason, *(missing.words for missing in refused.missing)]
            else:
                return redirect("review_template")
        else:
            problems = ["Look at the sections below: something in them cannot be as it is."]
    values = {
        "formset": formset,
        "base": request.POST.get("base", number),
        "number": number,
        "problems": problems,
        "sections": sections,
        "earlier": template_history(actor),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "reviews/template.html", values, status=422 if problems else 200)
