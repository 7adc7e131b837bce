"""Addresses of the access for programs."""

from django.urls import path

from fairlead.people.programs import views

urlpatterns = [
    path("", views.programs, name="programs"),
    path("<uuid:token_id>/revoke/", views.revoke, name="program_revoke"),
]
