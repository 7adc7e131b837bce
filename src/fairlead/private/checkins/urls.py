"""Addresses of the follow-up."""

from django.urls import path

from fairlead.private.checkins import day_views, views

_OURS = "our-talk/<uuid:case_id>/"

urlpatterns = [
    path(_OURS + "check-ins/", views.follow_up, name="follow_up"),
    path(_OURS + "check-ins/first/", day_views.first, name="first_checkin"),
    path(_OURS + "check-ins/pace/", day_views.pace, name="pace"),
    path(_OURS + "check-ins/away/", day_views.away, name="leave_enter"),
    path(_OURS + "check-ins/away/<uuid:leave_id>/", day_views.back_again, name="leave_drop"),
    path(_OURS + "check-ins/seen/", views.seen, name="signal_note"),
    path(_OURS + "check-ins/seen/<uuid:signal_id>/", views.reply, name="signal_reply"),
    path(_OURS + "check-ins/<uuid:checkin_id>/", views.checkin, name="checkin"),
    path(_OURS + "check-ins/<uuid:checkin_id>/move/", day_views.move, name="checkin_move"),
    path(_OURS + "check-ins/<uuid:checkin_id>/<slug:what>/save/", views.words, name="checkin_words"),
]
