"""Addresses of incidents; the page of one incident, which shows all its parts, is the site's."""

from django.urls import path

from fairlead.commons.incidents import views

urlpatterns = [
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/new/by-hand/", views.record, name="incident_by_hand"),
    path("incidents/<uuid:incident_id>/change/", views.change, name="incident_change"),
]
