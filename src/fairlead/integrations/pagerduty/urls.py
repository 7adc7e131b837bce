"""The address PagerDuty delivers to."""

from django.urls import path

from fairlead.integrations.pagerduty import views

urlpatterns = [path("hooks/pagerduty/", views.deliver, name="hook_pagerduty")]
