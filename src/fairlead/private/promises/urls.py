"""Addresses of promises."""

from django.urls import path

from fairlead.private.promises import views

urlpatterns = [
    path("our-talk/<uuid:case_id>/promises/new/", views.make, name="promise_make"),
    path("our-talk/<uuid:case_id>/promises/<uuid:promise_id>/", views.answer, name="promise_answer"),
    path("our-talk/<uuid:case_id>/promises/<uuid:promise_id>/reply/", views.reply, name="promise_reply"),
]
