"""The follow-up talks: their days, what was seen, what work was given. Days and states are plain, words never."""

import uuid
from datetime import time

from django.db import models

from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case
from fairlead.private.promises.models import Promise

_ROLES = [(r.value, r.value) for r in (Role.MANAGER, Role.ENGINEER)]
TEN = time(10, 0)


class FollowUp(models.Model):
    """That a follow-up has begun, and at what time of the engineer's day the two meet if nothing else is said."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="follow_up")
    time = models.TimeField(default=TEN)

    def __str__(self) -> str:
        return f"follow-up of {self.case_id}"


class Pace(models.Model):
    """How many working days lie between check-ins in one phase, where the two chose another distance."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="paces")
    phase = models.CharField(max_length=20)  # a phase of the playbook
    every = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "phase"], name="one_pace_a_phase")]

    def __str__(self) -> str:
        return f"{self.phase} {self.every}"


class Leave(models.Model):
    """Days on which one of the two is away. Nobody says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="leaves")
    who = models.CharField(max_length=12, choices=_ROLES)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["first", "last", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="leave_ends_after")
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class CheckIn(models.Model):
    """One follow-up talk. Day and time are those on the engineer's wall; `at` is that moment, in UTC."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        MISSED = "missed", "missed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="checkins")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    day = models.DateField()
    time = models.TimeField(default=TEN)
    at = models.DateTimeField()
    by_hand = models.BooleanField(
        default=False
    )  # fixed or moved by one of the two; it stays where they put it
    moved_from = models.DateField(null=True, blank=True)  # the day it was on before somebody moved it
    sequence = models.PositiveIntegerField(default=0)  # how often its moment changed, for calendars
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"check-in {self.day}"


class Signal(models.Model):
    """Something one of the two saw on a day. Never a score; the other one can answer beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="signals")
    key = models.CharField(max_length=40)  # a signal of the playbook
    role = models.CharField(max_length=12, choices=_ROLES)  # who saw it
    seen_on = models.DateField()
    noted_at = models.DateTimeField()
    opportunity_on = models.DateField(null=True, blank=True)
    words = SealedField()
    opportunity = SealedField(null=True)  # what there was to do; without one nobody did too little

    class Meta:
        ordering = ["seen_on", "noted_at", "id"]

    def __str__(self) -> str:
        return f"{self.key} {self.seen_on}"


class Reply(models.Model):
    """An answer beside a signal: how the other one sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="replies")
    role = models.CharField(max_length=12, choices=_ROLES)
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"reply of {self.role}"


class Work(models.Model):
    """Whether work that matters was given, as one of the two said it at a check-in. A later answer stands beside it."""

    class Given(models.TextChoices):
        YES = "yes", "yes"
        NOT_YET = "not_yet", "not yet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkin = models.ForeignKey(CheckIn, models.CASCADE, related_name="work")
    role = models.CharField(max_length=12, choices=_ROLES)
    given = models.CharField(max_length=8, choices=Given.choices)
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"work: {self.given}"


class Touched(models.Model):
    """What was said about a promise at a check-in."""

    class How(models.TextChoices):
        KEPT = "kept", "kept"
        NOT_KEPT = "not_kept", "not kept"
        NOT_TALKED = "not_talked", "not talked about"

    checkin = models.ForeignKey(CheckIn, models.CASCADE, related_name="touched")
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["checkin", "promise"], name="a_promise_once_a_check_in")
        ]

    def __str__(self) -> str:
        return self.how
