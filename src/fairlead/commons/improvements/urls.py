"""Addresses of improvements."""

from django.urls import path

from fairlead.commons.improvements import views

urlpatterns = [
    path("incidents/<uuid:incident_id>/improvements/new/", views.plan, name="improvement_plan"),
    path("incidents/<uuid:incident_id>/improvements/decision-day/", views.decision_day, name="decision_day"),
    path("improvements/<uuid:improvement_id>/", views.change, name="improvement"),
]
