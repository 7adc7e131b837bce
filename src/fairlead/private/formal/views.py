"""Pages of the formal path."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairlead.core.formal import Act
from fairlead.core.packet import Item
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Refused
from fairlead.core.visibility import Act as CaseAct
from fairlead.papers.packet import packet_pdf
from fairlead.people.actors import actor_of
from fairlead.people.models import OrgRole
from fairlead.people.presence import ask_again, may_enter_private
from fairlead.people.selectors import hr_partners
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.entry import our_talk
from fairlead.private.cases.selectors import name_of
from fairlead.private.formal.door import OpenPacket, leads
from fairlead.private.formal.entry import formal_path
from fairlead.private.formal.forms import DecideForm, EndHoldForm, EscalateForm, HoldForm, NoteForm, ReplyForm
from fairlead.private.formal.holds import hold, hold_end
from fairlead.private.formal.items import choosable
from fairlead.private.formal.selectors import (
    content_of,
    decision_of,
    file_of,
    held_until,
    holds_of,
    needed,
    own_packets,
    packet_of,
    reasons_of,
    required_words,
)
from fairlead.private.formal.services import decide, escalate, hr_answer, note, reply, withdraw


def _refused(form: Form, refused: Refused) -> None:
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, [refused.reason, *(one.words for one in refused.missing)])


@our_talk(CaseAct.ESCALATE, "GET", "HEAD", "POST")
def begin(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Record an escalation, with its packet chosen piece by piece."""
    there = packet_of(opened)
    if there is not None:
        return redirect("formal", there.pk)
    if opened.case.talk_ended_at is None:
        raise Refused("A formal path comes after a talk, never instead of one.")
    pieces = choosable(opened)
    form = EscalateForm(hr_partners(excluding=[opened.actor.account]), pieces, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            packet = escalate(opened, **form.cleaned_data)
        except Refused as refused:
            _refused(form, refused)
        else:
            return redirect("formal", packet.pk)
    values = {
        "case": opened.case,
        "form": form,
        "guide": load_default().second_talk,
        "required": list(required_words().values()),
        "partners": form.fields["hr"].queryset.exists(),
        "pieces": pieces,
    }
    return render(request, "formal/begin.html", values, status=422 if form.errors else 200)


def _items(opened: OpenPacket) -> tuple[Item, ...] | None:
    return content_of(opened).items if opened.may(Act.READ_PACKET) else None


@formal_path(Act.READ)
def formal(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """The formal path as all three see it: who, why, the packet, what is there and what is missing."""
    values = {
        "packet": opened.packet,
        "part": opened.part.value,
        "about": reasons_of(opened),
        "items": _items(opened),
        "needed": needed(opened),
        "decision": decision_of(opened),
        "held_until": held_until(opened.packet),
        "holds": holds_of(opened),
        "may": {act.value: opened.may(act) for act in Act},
        "reply_form": ReplyForm(),
        "names": {
            "manager": name_of(leads(opened.packet)),
            "engineer": name_of(opened.packet.engineer),
            "hr": name_of(opened.packet.hr),
        },
    }
    return render(request, "formal/formal.html", values)


@formal_path(Act.READ_PACKET)
def file(request: HttpRequest, opened: OpenPacket, ending: str) -> HttpResponse:
    """The packet as a file."""
    if ending == "json":
        content, kind = file_of(opened).encode("utf-8"), "application/json"
    else:
        content, kind = packet_pdf(content_of(opened), opened.packet.sha256), "application/pdf"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="packet.{ending}"'}
    )


@formal_path(Act.ANSWER, "POST")
def answer(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """HR takes it on, or not."""
    takes_it_on = request.POST.get("answer") == "yes"
    hr_answer(opened, takes_it_on=takes_it_on)
    return redirect("formal", opened.packet.pk) if takes_it_on else redirect("formal_list")


@formal_path(Act.WITHDRAW, "POST")
def take_back(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """Withdraw the escalation."""
    withdraw(opened)
    return redirect("talk", opened.packet.case_id) if opened.packet.case_id else redirect("today")


def _written(
    request: HttpRequest,
    opened: OpenPacket,
    page: str,
    form_class: type[Form],
    write: Callable[..., object],
    **values: object,
) -> HttpResponse:
    """Show a form, or write what was filled in and go back to the path; a refusal stands in the form."""
    form = form_class(request.POST) if request.method == "POST" else form_class()
    if request.method == "POST" and form.is_valid():
        try:
            write(opened, **form.cleaned_data)
        except Refused as refused:
            _refused(form, refused)
        else:
            return redirect("formal", opened.packet.pk)
    values |= {"packet": opened.packet, "form": form}
    return render(request, page, values, status=422 if form.errors else 200)


@formal_path(Act.NOTE, "GET", "HEAD", "POST")
def noted(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """Note that a requirement is there."""
    return _written(request, opened, "formal/note.html", NoteForm, note)


@formal_path(Act.REPLY, "GET", "HEAD", "POST")
def replied(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """The engineer replies."""
    return _written(request, opened, "formal/reply.html", ReplyForm, reply)


@formal_path(Act.DECIDE, "GET", "HEAD", "POST")
def decided(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """HR records what was decided."""
    missing = [one for one in needed(opened) if not one.is_there]
    return _written(request, opened, "formal/decide.html", DecideForm, decide, missing=missing)


@formal_path(Act.HOLD, "GET", "HEAD", "POST")
def held(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """HR keeps the packet past its day for a legal matter."""
    return _written(request, opened, "formal/hold.html", HoldForm, hold, held_until=held_until(opened.packet))


@formal_path(Act.HOLD, "GET", "HEAD", "POST")
def hold_ended(request: HttpRequest, opened: OpenPacket) -> HttpResponse:
    """HR ends that before its last day."""
    now = held_until(opened.packet)
    return _written(request, opened, "formal/hold_end.html", EndHoldForm, hold_end, held_until=now)


@never_cache
@require_safe
def hr_list(request: HttpRequest) -> HttpResponse:
    """What HR has: packets, and nothing else."""
    actor = actor_of(request.user)
    if OrgRole.HR.value not in actor.org_roles:
        raise Http404
    if not may_enter_private(request):
        return ask_again(request)
    found = [
        {"packet": packet, "manager": name_of(leads(packet)), "engineer": name_of(packet.engineer)}
        for packet, part in own_packets(actor)
        if part.value == "hr"
    ]
    return render(request, "formal/list.html", {"found": found})
