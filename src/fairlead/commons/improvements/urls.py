"""Addresses of improvements."""

from django.urls import path

from fairlead.commons.improvements import views

urlpatterns = [
    path("improvements/", views.improvements, name="improvements"),
    path("incidents/<uuid:incident_id>/improvements/new/", views.plan, name="improvement_plan"),
    path("incidents/<uuid:incident_id>/improvements/decision-day/", views.decision_day, name="decision_day"),
    path("improvements/<uuid:improvement_id>/change/", views.change, name="improvement_change"),
    path("improvements/<uuid:improvement_id>/done/", views.done, name="improvement_done"),
    path("improvements/<uuid:improvement_id>/drop/", views.drop, name="improvement_drop"),
    path("improvements/<uuid:improvement_id>/reopen/", views.reopen, name="improvement_reopen"),
    path("improvements/<uuid:improvement_id>/follow/", views.follow, name="improvement_follow"),
]
