"""The page “Access for programs”."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.people.actors import actor_of
from fairlead.people.programs.forms import TokenForm
from fairlead.people.programs.selectors import own_token, own_tokens
from fairlead.people.programs.services import token_make, token_revoke

_ONCE = "This token was made already, and shown then. If you did not keep it, revoke it and make another."


def _page(request: HttpRequest, form: TokenForm, text: str = "") -> HttpResponse:
    values = {
        "form": form,
        "tokens": own_tokens(actor_of(request.user)),
        "text": text,
        "today": clock.now().date(),
        "address": settings.FAIRLEAD_URL,
    }
    return render(request, "programs/tokens.html", values, status=422 if form.errors else 200)


def _makes_one(request: HttpRequest) -> bool:
    """Tell whether somebody has to show again that it is them: to let a program in, not to shut one out."""
    return request.method == "POST"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(enabled=_makes_one)
def programs(request: HttpRequest) -> HttpResponse:
    """Make a token, which is shown once, and see those there are."""
    if request.method != "POST":
        return _page(request, TokenForm.blank())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        _, text = token_make(account=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field or None, refused.reason)
        return _page(request, form)
    if not text:
        messages.warning(request, _ONCE)
        return redirect("programs")
    return _page(request, TokenForm.blank(), text)


@require_POST
def revoke(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = own_token(actor_of(request.user), token_id)
    if token is None:
        raise Http404
    token_revoke(token=token)
    messages.success(request, f"“{token.name}” has no access any more.")
    return redirect("programs")
