"""Addresses of the rehearsal."""

from django.urls import path

from fairlead.private.rehearsal import views

urlpatterns = [
    path("rehearse/", views.choose, name="rehearse"),
    path("rehearse/<slug:key>/", views.rehearse, name="rehearse_with"),
]
