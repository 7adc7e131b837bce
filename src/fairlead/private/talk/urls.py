"""Addresses of our talk."""

from django.urls import path

from fairlead.private.talk import views

urlpatterns = [
    path("our-talk/begin/<uuid:incident_id>/", views.begin, name="talk_begin"),
    path("our-talk/<uuid:case_id>/", views.talk, name="talk"),
    path("our-talk/<uuid:case_id>/live/", views.live, name="talk_live"),
    path("our-talk/<uuid:case_id>/live/heartbeat/", views.heartbeat, name="talk_heartbeat"),
    path("our-talk/<uuid:case_id>/live/end/", views.end, name="talk_end"),
    path("our-talk/<uuid:case_id>/notes/", views.notes, name="talk_notes"),
    path("our-talk/<uuid:case_id>/account/", views.account, name="talk_account"),
    path("our-talk/<uuid:case_id>/agree/", views.agree, name="talk_agree"),
    path("notices/<uuid:notice_id>/", views.notice, name="notice"),
]
