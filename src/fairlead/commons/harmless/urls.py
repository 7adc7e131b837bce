"""Addresses of the words that name nobody."""

from django.urls import path

from fairlead.commons.harmless import views

urlpatterns = [
    path("words-that-name-nobody/", views.harmless, name="harmless"),
    path("words-that-name-nobody/<uuid:word_id>/withdraw/", views.withdraw, name="harmless_withdraw"),
]
