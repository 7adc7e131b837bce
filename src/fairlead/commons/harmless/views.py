"""The page of words that name nobody."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.commons.harmless.forms import HarmlessForm
from fairlead.commons.harmless.models import HarmlessWord
from fairlead.commons.harmless.selectors import harmless_get, harmless_words
from fairlead.commons.harmless.services import harmless_declare, harmless_withdraw
from fairlead.commons.refused_forms import accepted
from fairlead.core.visibility import may_write_commons
from fairlead.people.actors import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def harmless(request: HttpRequest) -> HttpResponse:
    """What the organisation has declared, and the form for one more."""
    actor = actor_of(request.user)
    form = HarmlessForm(request.POST) if request.method == "POST" else HarmlessForm()
    if request.method == "POST" and accepted(form, lambda data: harmless_declare(actor, **data)):
        return redirect("harmless")
    words = harmless_words(actor)
    values = {
        "form": form,
        "kinds": [(label, [w for w in words if w.kind == kind]) for kind, label in HarmlessWord.Kind.choices],
        "any": bool(words),
        "may_write": may_write_commons(actor).allowed,
    }
    return render(request, "harmless/list.html", values, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, word_id: uuid.UUID) -> HttpResponse:
    """Take a declaration back."""
    actor = actor_of(request.user)
    word = harmless_get(actor, word_id)
    if word is None:
        raise Http404
    harmless_withdraw(actor, word=word)
    return redirect("harmless")
