"""A hand-over on its way. No word of the talk stands here: who, to whom, which kinds of things, and where it stands."""

import uuid

from django.db import models
from django.db.models import Q

from fairlead.core.visibility import Role
from fairlead.private.cases.models import Case


class HandOver(models.Model):
    """That one of the two asked somebody to go on with the talk, and how far that has come."""

    class State(models.TextChoices):
        ASKED = "asked", "waits for the engineer"
        AGREED = "agreed", "waits for the next manager"
        DONE = "done", "done"
        REFUSED = "refused", "the engineer said no"
        DECLINED = "declined", "the next manager said no"
        WITHDRAWN = "withdrawn", "taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    asked_by = models.CharField(
        max_length=12, choices=[(r.value, r.value) for r in (Role.MANAGER, Role.ENGINEER)]
    )
    to = models.CharField(max_length=64, db_index=True)  # keyed hash
    # Kinds of things with commas between: what is offered, and once the engineer has agreed, what goes over.
    given = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["asked", "agreed"]), name="one_hand_over_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"hand-over {self.state}"
