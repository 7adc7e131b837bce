"""Addresses of timelines."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from fairlead.commons.timeline import views
from fairlead.core.timeline import MOMENTS


class MomentConverter(StringConverter):
    """The name of one of the known moments; there are no others."""

    regex = "|".join(MOMENTS)


register_converter(MomentConverter, "moment")

urlpatterns = [
    path("incidents/<uuid:incident_id>/timeline/", views.whole, name="timeline"),
    path("incidents/<uuid:incident_id>/timeline/new/", views.add, name="entry_add"),
    path("incidents/<uuid:incident_id>/timeline/<uuid:entry_id>/", views.entry, name="entry"),
    path("incidents/<uuid:incident_id>/timeline/<uuid:entry_id>/move/", views.entry_move, name="entry_move"),
    path("incidents/<uuid:incident_id>/moments/<moment:moment>/", views.moment, name="moment"),
    path("incidents/<uuid:incident_id>/moments/<moment:moment>/move/", views.moment_move, name="moment_move"),
]
