"""Where help is: what to do now when somebody is worried, and the words an organisation puts there."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.core.playbook.reader import load_default
from fairlead.people.models import OrgRole
from fairlead.people.selectors import organisation
from fairlead.people.services import help_words_set


class HelpWordsForm(forms.Form):
    """Where professional help is, in the organisation's words."""

    words = forms.CharField(
        label="Where help is",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The assistance line, the occupational doctor, a crisis line, the emergency number, with hours.",
    )


@never_cache
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """What to do now. It is the same for everybody, knows of no case, and leaves no trace of who looked."""
    wellbeing = load_default().wellbeing
    return render(
        request,
        "site/help_now.html",
        {"wellbeing": wellbeing, "help_words": organisation().help_words or wellbeing.help},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_words(request: HttpRequest) -> HttpResponse:
    """Say where help is; for whoever runs the server."""
    if OrgRole.OPERATOR.value not in request.user.org_roles:
        raise Http404
    form = HelpWordsForm(request.POST or None, initial={"words": organisation().help_words})
    if request.method == "POST" and form.is_valid():
        help_words_set(form.cleaned_data["words"])
        return redirect("help_now")
    values = {"form": form, "standard": load_default().wellbeing.help}
    return render(request, "site/help_words.html", values, status=422 if form.errors else 200)
