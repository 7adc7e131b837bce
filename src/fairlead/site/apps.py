"""The site app: base templates, static files, and background work that belongs to no single app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Where the parts are put together."""

    name = "fairlead.site"
    label = "site"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.site import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
