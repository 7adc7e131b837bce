"""Addresses of live logs; only those who take part find anything there."""

from django.urls import path

from fairlead.sources.live import views

urlpatterns = [
    path("incidents/live/", views.start, name="log_start"),
    path("incidents/<uuid:incident_id>/log/", views.begin, name="log_begin"),
    path("logs/<uuid:log_id>/", views.log, name="log"),
    path("logs/<uuid:log_id>/lines/", views.add, name="log_add"),
    path("logs/<uuid:log_id>/since/<int:number>/", views.since, name="log_since"),
    path("logs/<uuid:log_id>/lines/<uuid:line_id>/", views.line, name="log_line"),
    path("logs/<uuid:log_id>/role/", views.role, name="log_role"),
    path("logs/<uuid:log_id>/moment/", views.moment, name="log_moment"),
    path("logs/<uuid:log_id>/update/", views.update, name="log_update"),
]
