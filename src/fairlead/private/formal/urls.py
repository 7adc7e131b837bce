"""Addresses of the formal path."""

from django.urls import path

from fairlead.private.formal import views

_ONE = "formal/<uuid:packet_id>/"

urlpatterns = [
    path("our-talk/<uuid:case_id>/formal/", views.begin, name="formal_begin"),
    path("formal/", views.hr_list, name="formal_list"),
    path(_ONE, views.formal, name="formal"),
    path(_ONE + "answer/", views.answer, name="formal_answer"),
    path(_ONE + "withdraw/", views.take_back, name="formal_withdraw"),
    path(_ONE + "note/", views.noted, name="formal_note"),
    path(_ONE + "reply/", views.replied, name="formal_reply"),
    path(_ONE + "decide/", views.decided, name="formal_decide"),
    path(_ONE + "hold/", views.held, name="formal_hold"),
    path(_ONE + "hold/end/", views.hold_ended, name="formal_hold_end"),
    path(_ONE + "packet.pdf", views.file, {"ending": "pdf"}, name="formal_pdf"),
    path(_ONE + "packet.json", views.file, {"ending": "json"}, name="formal_json"),
]
