"""Addresses of factors."""

from django.urls import path

from fairlead.commons.factors import views

urlpatterns = [
    path("conditions/", views.conditions, name="conditions"),
    path("incidents/<uuid:incident_id>/factors/", views.factors, name="factors"),
    path("incidents/<uuid:incident_id>/factors/<str:key>/", views.question, name="factor_question"),
    path("incidents/<uuid:incident_id>/alike/", views.alike, name="alike"),
    path("factors/<uuid:factor_id>/drop/", views.drop, name="factor_drop"),
]
