"""Addresses of incidents; the page of one incident, which shows all its parts, is the site's."""

from django.urls import path

from fairlead.commons.incidents import views

urlpatterns = [
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/new/", views.record, name="incident_record"),
    path("incidents/<uuid:incident_id>/change/", views.change, name="incident_change"),
]
