"""Addresses of texts, remarks and readings."""

from django.urls import path

from fairlead.private.conversations import views

urlpatterns = [
    path("our-talk/<uuid:case_id>/notes/<slug:slot>/", views.save_notes, name="talk_notes_save"),
    path("our-talk/<uuid:case_id>/account/save/", views.save_account, name="talk_account_save"),
    path("our-talk/<uuid:case_id>/message/save/", views.save_message, name="talk_message_save"),
    path("our-talk/<uuid:case_id>/remark/", views.remark, name="talk_remark"),
    path("our-talk/<uuid:case_id>/read/", views.read, name="talk_read"),
    path("our-talk/<uuid:case_id>/message/read/", views.read_message, name="talk_message_read"),
]
