"""Addresses of the debts."""

from django.urls import path

from fairlead.commons.debts import views

urlpatterns = [
    path("improvements/debts/", views.debts, name="debts"),
    path("improvements/debts/<uuid:debt_id>/", views.debt, name="debt"),
]
