"""Addresses of sources; only responders find anything there."""

from django.urls import path

from fairlead.sources.records import views

urlpatterns = [
    path("incidents/<uuid:incident_id>/source/", views.source, name="source"),
    path("incidents/<uuid:incident_id>/source/responders/", views.let_in, name="source_let_in"),
    path("sources/<uuid:source_id>/file/", views.file, name="source_file"),
    path("sources/<uuid:source_id>/publish/", views.publish, name="source_publish"),
    path("sources/<uuid:source_id>/erase/", views.erase, name="source_erase"),
]
