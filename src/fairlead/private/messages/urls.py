"""Addresses of the team message."""

from django.urls import path

from fairlead.private.messages import views

urlpatterns = [
    path("our-talk/<uuid:case_id>/message/", views.message, name="talk_message"),
    path("our-talk/<uuid:case_id>/message/offer/", views.offer, name="talk_message_offer"),
    path("our-talk/<uuid:case_id>/message/release/", views.release, name="talk_message_release"),
]
