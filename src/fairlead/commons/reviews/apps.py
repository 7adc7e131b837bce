"""The app's place in Django."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The blameless written review of an incident, as a draft and as it was published."""

    name = "fairlead.commons.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Register the background work."""
        from fairlead.commons.reviews import jobs  # noqa: F401, PLC0415 - handlers register themselves on import
