"""How long a closed talk is kept: one number for the organisation, from one month to twelve."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairlead.people.models import OrgRole
from fairlead.people.selectors import organisation
from fairlead.people.services import retention_set


class RetentionForm(forms.Form):
    """The months between closing and erasure."""

    months = forms.IntegerField(
        label="Months after closing",
        min_value=1,
        max_value=12,
        help_text="The day of closing is the first day. What is closed already keeps the day both were told.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Say how long a closed talk is kept; for whoever runs the server."""
    if OrgRole.OPERATOR.value not in request.user.org_roles:
        raise Http404
    form = RetentionForm(request.POST or None, initial={"months": organisation().erase_after_months})
    if request.method == "POST" and form.is_valid():
        retention_set(form.cleaned_data["months"])
        return redirect("retention")
    values = {"form": form, "longest": organisation().erase_unclosed_after_months}
    return render(request, "site/retention.html", values, status=422 if form.errors else 200)
