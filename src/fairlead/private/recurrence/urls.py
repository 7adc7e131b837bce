"""Addresses of the look back."""

from django.urls import path

from fairlead.private.recurrence import views

urlpatterns = [path("our-talk/<uuid:case_id>/again/", views.again, name="again")]
