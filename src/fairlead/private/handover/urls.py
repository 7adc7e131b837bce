"""Addresses of a hand-over."""

from django.urls import path

from fairlead.private.handover import views

_OURS = "our-talk/<uuid:case_id>/"

urlpatterns = [
    path(_OURS + "who-reads-what/", views.who_reads, name="who_reads"),
    path(_OURS + "hand-over/", views.hand_over, name="hand_over"),
    path(_OURS + "hand-over/take-back/", views.withdraw, name="hand_over_withdraw"),
    path(_OURS + "hand-over/answer/", views.answer, name="hand_over_answer"),
    path(_OURS + "go-on/", views.go_on, name="go_on"),
    path(_OURS + "go-on/alone/", views.alone, name="end_alone"),
    path(_OURS + "my-copy/", views.copy, name="my_copy"),
    path("hand-overs/<uuid:hand_over_id>/", views.offered, name="offered"),
]
