"""Addresses of lessons."""

from django.urls import path

from fairlead.commons.lessons import views

urlpatterns = [
    path("lessons/", views.lessons, name="lessons"),
    path("lessons/<uuid:lesson_id>/", views.lesson, name="lesson"),
    path("lessons/<uuid:lesson_id>/change/", views.change, name="lesson_change"),
    path("lessons/<uuid:lesson_id>/try/", views.try_on, name="lesson_try"),
    path("lessons/<uuid:lesson_id>/rate/", views.rate, name="lesson_rate"),
    path("lessons/<uuid:lesson_id>/show/", views.show, name="lesson_show"),
    path("lessons/<uuid:lesson_id>/mute/", views.mute, name="lesson_mute"),
    path("lessons/<uuid:lesson_id>/answer/", views.answer, name="lesson_answer"),
    path("incidents/<uuid:incident_id>/lessons/new/", views.write, name="lesson_write"),
]
