"""Addresses of the closure."""

from django.urls import path

from fairlead.private.closure import views

_OURS = "our-talk/<uuid:case_id>/closing/"

urlpatterns = [
    path(_OURS, views.closure, name="closure"),
    path(_OURS + "growth/save/", views.growth, name="closure_growth"),
    path(_OURS + "say/", views.say, name="closure_say"),
    path(_OURS + "answer/", views.answer, name="closure_answer"),
    path(_OURS + "excuse/<uuid:checkin_id>/", views.excuse, name="checkin_excuse"),
    path(_OURS + "pass-on/<uuid:promise_id>/", views.pass_on, name="debt_ask"),
    path(_OURS + "passed-on/<uuid:promise_id>/", views.passed, name="debt_answer"),
]
