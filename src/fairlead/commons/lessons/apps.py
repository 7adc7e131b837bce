"""The app's place in Django."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """Lessons of incidents, with the triggers that make them appear. Nobody stands in them."""

    name = "fairlead.commons.lessons"
    label = "lessons"
