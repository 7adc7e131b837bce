"""Pages of a hand-over: the table shown to everybody beforehand, asking, answering, taking over, going on alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fairlead.core.handover import EVENT_WORDS, THING_WORDS, Event, by_readers
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import Two, led_by, name_of, the_two
from fairlead.private.formal.selectors import packet_of
from fairlead.private.handover.copying import own_words
from fairlead.private.handover.door import Offer
from fairlead.private.handover.entry import offer
from fairlead.private.handover.forms import AloneForm, AnswerForm, HandOverForm, NextForm
from fairlead.private.handover.selectors import given_things, possible_next, under_way
from fairlead.private.handover.services import (
    end_alone,
    hand_over_answer,
    hand_over_ask,
    hand_over_decline,
    hand_over_take,
    hand_over_withdraw,
    next_ask,
)


def _names(two: Two, *, next_one: str = "the next manager") -> dict[str, str]:
    return {
        "manager": two.manager,
        "engineer": two.engineer,
        "next": next_one,
        "rater": "a second person, for a short time",
        "hr": "HR",
    }


@our_talk(Act.READ)
def who_reads(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Who reads what when one of us goes: the same for both, at any time."""
    values = {
        "case": opened.case,
        "role": opened.role.value,
        "names": _names(the_two(opened.case)),
        "tables": [(event.value, EVENT_WORDS[event], by_readers(event)) for event in Event],
        "led": led_by(opened.case),
    }
    return render(request, "handover/who_reads.html", values)


@our_talk(Act.HAND_OVER, "GET", "HEAD", "POST")
def hand_over(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Ask somebody to go on, with what may go along."""
    people, row = possible_next(opened.case), under_way(opened.case)
    form = HandOverForm(people, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hand_over_ask(opened, hand_over_id=data["hand_over_id"], to=data["to"], offered=form.things())
        except Refused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            return redirect("hand_over", opened.case.pk)
    values = {
        "case": opened.case,
        "form": form,
        "people": people,
        "row": row,
        "to": name_of(row.to) if row else "",
        "names": _names(the_two(opened.case)),
        "rows": by_readers(Event.HANDED_OVER, given_things(row) if row else ()),
    }
    return render(request, "handover/hand_over.html", values, status=422 if form.errors else 200)


@our_talk(Act.HAND_OVER, "POST")
def withdraw(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Take it back before it is done."""
    hand_over_withdraw(opened)
    return redirect("hand_over", opened.case.pk)


@our_talk(Act.GO_ON, "GET", "HEAD", "POST")
def answer(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The engineer reads who would read what, and says yes, and to what, or no."""
    row, two = under_way(opened.case), the_two(opened.case)
    offered, to = (given_things(row), name_of(row.to)) if row else ((), "")
    form = AnswerForm(offered, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        agreed = request.POST.get("answer") == "yes"
        hand_over_answer(opened, agreed=agreed, allowed=form.things())
        return redirect("hand_over_answer", opened.case.pk)
    values = {
        "case": opened.case,
        "form": form,
        "row": row,
        "to": to,
        "two": two,
        "names": _names(two, next_one=to) if row else _names(two),
        "rows": by_readers(Event.HANDED_OVER, offered),
        "offered": offered,
        "led": led_by(opened.case),
    }
    return render(request, "handover/answer.html", values, status=422 if form.errors else 200)


@our_talk(Act.GO_ON, "GET", "HEAD", "POST")
def go_on(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """While nobody leads: ask somebody who manages the engineer's team, with their own account or without."""
    people, row, two = possible_next(opened.case), under_way(opened.case), the_two(opened.case)
    form = NextForm(people, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            next_ask(opened, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            return redirect("go_on", opened.case.pk)
    values = {
        "case": opened.case,
        "form": form,
        "people": people,
        "row": row,
        "to": name_of(row.to) if row else "",
        "led": led_by(opened.case),
        "two": two,
        "names": _names(two),
        "rows": by_readers(Event.HANDED_OVER, given_things(row) if row else ()),
        "alone_form": AloneForm(),
        "formal": packet_of(opened),
    }
    return render(request, "handover/go_on.html", values, status=422 if form.errors else 200)


@our_talk(Act.GO_ON, "POST")
def alone(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Close it alone, while nobody leads."""
    form = AloneForm(request.POST)
    form.is_valid()  # its one field may be empty
    end_alone(opened, words=form.cleaned_data.get("words", ""))
    return redirect("closure", opened.case.pk)


@our_talk(Act.TAKE_COPY)
def copy(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The engineer's copy of their own words, as a file."""
    return HttpResponse(
        own_words(opened),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="our-talk.txt"'},
    )


@offer("offered", "GET", "HEAD", "POST")
def offered(request: HttpRequest, opened: Offer) -> HttpResponse:
    """Whoever is asked to go on reads who would read what, and says yes or no. No word of the talk is shown."""
    if request.method == "POST":
        if request.POST.get("answer") == "yes":
            return redirect("talk", hand_over_take(opened).pk)
        hand_over_decline(opened)
        return redirect("today")
    case, given = opened.row.case, given_things(opened.row)
    two = the_two(case)
    values = {
        "row": opened.row,
        "two": two,
        "incident": case.incident,
        "led": led_by(case),
        "names": _names(two, next_one="you"),
        "rows": by_readers(Event.HANDED_OVER, given),
        "given": [THING_WORDS[thing] for thing in given],
    }
    return render(request, "handover/offered.html", values)
