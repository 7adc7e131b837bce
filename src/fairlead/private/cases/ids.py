"""Ids that a form was given beforehand, so that a form sent twice makes one thing."""

import uuid

from django.db import models


def free_id(model: type[models.Model], wanted: uuid.UUID) -> uuid.UUID:
    """Return the id a form was given, or a new one where that id is taken: nobody learns that it is."""
    return uuid.uuid4() if model.objects.filter(pk=wanted).exists() else wanted  # type: ignore[attr-defined]
