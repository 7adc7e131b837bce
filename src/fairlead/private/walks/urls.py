"""Addresses of the walk."""

from django.urls import path

from fairlead.private.walks import views

urlpatterns = [
    path("our-talk/<uuid:case_id>/walk/", views.walk, name="talk_walk"),
    path("our-talk/<uuid:case_id>/type/", views.kind, name="talk_type"),
    path("our-talk/<uuid:case_id>/type/second-look/", views.invite, name="talk_second_invite"),
    path("second-look/<uuid:case_id>/", views.second, name="second_look"),
]
