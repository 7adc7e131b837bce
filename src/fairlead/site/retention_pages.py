"""How long things are kept: closed talks from one month to twelve, sources from a day to a year."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.people.models import OrgRole
from fairlead.people.selectors import organisation
from fairlead.people.services import retention_set


class RetentionForm(forms.Form):
    """The months between closing a talk and its erasure, and the days of a source."""

    months = forms.IntegerField(
        label="Months after closing",
        min_value=1,
        max_value=12,
        help_text="The day of closing is the first day. What is closed already keeps the day both were told.",
    )
    source_days = forms.IntegerField(
        label="Days for sources",
        min_value=1,
        max_value=365,
        help_text="Raw texts, files and live logs of incidents. What is kept already keeps the day its page shows.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Say how long closed talks and sources are kept; for whoever runs the server."""
    if OrgRole.OPERATOR.value not in request.user.org_roles:
        raise Http404
    kept = organisation()
    form = RetentionForm(
        request.POST or None,
        initial={"months": kept.erase_after_months, "source_days": kept.erase_source_after_days},
    )
    if request.method == "POST" and form.is_valid():
        retention_set(**form.cleaned_data)
        messages.success(request, "From now on it is kept that long.")
        return redirect("retention")
    values = {"form": form, "longest": kept.erase_unclosed_after_months}
    return render(request, "site/retention.html", values, status=422 if form.errors else 200)
