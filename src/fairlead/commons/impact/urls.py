"""Addresses of impact."""

from django.urls import path

from fairlead.commons.impact import views

urlpatterns = [path("incidents/<uuid:incident_id>/impact/", views.write, name="impact")]
