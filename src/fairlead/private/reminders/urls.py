"""Addresses of reminders and the calendar."""

from django.urls import path

from fairlead.private.reminders import views

urlpatterns = [
    path("settings/reminders/", views.reminders, name="reminders"),
    path("settings/calendar/", views.calendar_make, name="calendar_make"),
    path("settings/calendar/end/", views.calendar_end, name="calendar_end"),
    path("calendar/<slug:token>.ics", views.calendar_feed, name="calendar_feed"),
]
