"""Addresses of an improvement with its proofs, and of waivers."""

from django.urls import path

from fairlead.commons.proofs import views

urlpatterns = [
    path("improvements/<uuid:improvement_id>/", views.improvement, name="improvement"),
    path("improvements/<uuid:improvement_id>/waiver/", views.ask, name="waiver_ask"),
    path("waivers/<uuid:waiver_id>/sign/", views.sign, name="waiver_sign"),
    path("waivers/<uuid:waiver_id>/end/", views.end, name="waiver_end"),
]
