"""PagerDuty's webhook, version 3."""
