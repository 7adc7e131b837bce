"""Addresses of the preparation."""

from django.urls import path

from fairlead.private.preparation import views

urlpatterns = [
    path("prepare/", views.choose, name="prepare"),
    path("prepare/<uuid:incident_id>/", views.prepare, name="prepare_for"),
    path("prepare/<uuid:incident_id>/done/", views.done, name="prepare_done"),
    path("prepare/<uuid:incident_id>/card.pdf", views.card, name="prepare_card"),
    path("incidents/<uuid:incident_id>/ask-for-our-talk/", views.ask, name="talk_ask"),
]
