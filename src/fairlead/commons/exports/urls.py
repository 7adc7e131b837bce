"""Addresses of what can be taken away."""

from django.urls import path

from fairlead.commons.exports import views

urlpatterns = [path("take-away/<str:table>.<str:shape>", views.export, name="export")]
