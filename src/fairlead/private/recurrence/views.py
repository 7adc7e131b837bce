"""The look back, and the guide to the second talk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairlead.core.playbook.placeholders import fill
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act, Role
from fairlead.people.selectors import today
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import the_two
from fairlead.private.recurrence.forms import ComparisonForm
from fairlead.private.recurrence.selectors import LookedBack, kept_words, look_back
from fairlead.private.recurrence.services import comparison_keep


def _opening(repeated: list[LookedBack]) -> list[dict[str, str]]:
    """Return the opening lines for the latest talk in which nothing is missing; without one, none of them is true."""
    if not repeated:
        return []
    latest = repeated[0]
    values = {
        "earlier": f"{latest.held_on:%B}",
        "delivered": ", ".join(words.rstrip(".") for words in latest.delivered),
    }
    lines = load_default().second_talk.opening
    return [{"text": fill(line.text, values), "note": line.note} for line in lines]


@our_talk(Act.READ, "GET", "HEAD", "POST")
def again(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Show the earlier talks that came about in the same way; the manager keeps what they show."""
    form = ComparisonForm(request.POST or None)
    if request.method == "POST":
        opened.must(Act.COMPARE)
        if form.is_valid():
            try:
                comparison_keep(opened, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                return redirect("again", opened.case.pk)
    found = look_back(opened)
    repeated = [one for one in found if not one.missed]
    playbook = load_default()
    values = {
        "case": opened.case,
        "found": found,
        "gone": kept_words(opened),
        "form": form,
        "manager": opened.role is Role.MANAGER,
        "two": the_two(opened.case),
        "questions": {question.key: question.text for question in playbook.walk.repeat_tests},
        "titles": {movement.key: movement.title for movement in playbook.movements},
        "guide": playbook.second_talk,
        "opening": _opening(repeated),
        "ask": playbook.second_talk.opening[-1],
        "owed": [] if repeated else [test.reason for one in found for test in one.missed],
        "today": today(),
        "mechanism_known": bool(opened.case.incident and opened.case.incident.mechanism),
    }
    return render(request, "recurrence/again.html", values, status=422 if form.errors else 200)
