"""Addresses of check-ins."""

from django.urls import path

from fairlead.private.checkins import views

urlpatterns = [path("our-talk/<uuid:case_id>/check-ins/first/", views.first, name="first_checkin")]
