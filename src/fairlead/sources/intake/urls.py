"""Addresses of bringing an incident in."""

from django.urls import path

from fairlead.sources.intake import views

urlpatterns = [
    path("incidents/new/", views.what_happened, name="incident_record"),
    path("incidents/new/<uuid:source_id>/", views.look_over, name="incident_confirm"),
]
