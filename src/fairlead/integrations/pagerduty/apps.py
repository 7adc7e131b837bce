"""The app's place in Django."""

from django.apps import AppConfig


class PagerDutyConfig(AppConfig):
    """Deliveries of PagerDuty."""

    name = "fairlead.integrations.pagerduty"
    label = "pagerduty"
