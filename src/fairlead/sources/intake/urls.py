"""Addresses of bringing an incident in."""

from django.urls import path

from fairlead.sources.intake import adding_views, import_views, views

urlpatterns = [
    path("incidents/new/", views.what_happened, name="incident_record"),
    path("incidents/new/<uuid:source_id>/", views.look_over, name="incident_confirm"),
    path("incidents/<uuid:incident_id>/add/", adding_views.add, name="text_add"),
    path("incidents/<uuid:incident_id>/add/<uuid:source_id>/", adding_views.look_over, name="text_look_over"),
    path("imports/", import_views.imports, name="imports"),
    path("imports/<uuid:source_id>/", import_views.run, name="import_run"),
    path("imports/<uuid:source_id>/progress/", import_views.progress, name="import_progress"),
]
