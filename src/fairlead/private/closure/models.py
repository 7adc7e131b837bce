"""The end of a talk. Its words are sealed; that it was said, answered and when are in the clear."""

from django.db import models

from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case
from fairlead.private.checkins.models import CheckIn
from fairlead.private.promises.models import Promise

_ROLES = [(r.value, r.value) for r in (Role.MANAGER, Role.ENGINEER)]


class Excused(models.Model):
    """That a check-in which did not take place stands in nobody's way; one of the two said so."""

    checkin = models.OneToOneField(CheckIn, models.CASCADE, primary_key=True, related_name="+")
    role = models.CharField(max_length=12, choices=_ROLES)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"excused {self.checkin_id}"


class PassedOn(models.Model):
    """A promise to the engineer that is to become a debt of the organisation, once the engineer agrees."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"

    promise = models.OneToOneField(Promise, models.CASCADE, primary_key=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.state} {self.promise_id}"


class Closure(models.Model):
    """That the manager said it aloud, and what the engineer answered. With a yes it is closed, on a day."""

    class Answer(models.TextChoices):
        NONE = "", "not answered"
        CLOSED = "closed", "It is closed for me too"
        DIFFERENTLY = "differently", "It is closed for me too, and I see some of it differently"
        NOT_YET = "not_yet", "Not yet. I would like to talk about it first"

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="closure")
    said_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)  # on the engineer's calendar
    statement = SealedField()
    words = SealedField(null=True)  # the engineer's; a later answer stands under an earlier one

    def __str__(self) -> str:
        return f"closure of {self.case_id}"
