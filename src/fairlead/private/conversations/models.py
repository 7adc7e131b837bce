"""What was said and written about the talk. Nothing is overwritten: each sitting leaves a version."""

import uuid

from django.db import models

from fairlead.core.visibility import Role
from fairlead.foundation.vault.fields import SealedField
from fairlead.private.cases.models import Case

_ROLES = [(r.value, r.value) for r in Role]


class Text(models.Model):
    """One place to write: the notes of a movement, the engineer's account, the message to the team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="texts")
    slot = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "slot"], name="one_text_a_slot")]

    def __str__(self) -> str:
        return self.slot


class TextVersion(models.Model):
    """The text as one sitting (one open page) left it. While that page is open its own version grows in place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(Text, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    sitting = models.UUIDField()
    edit = (
        models.PositiveIntegerField()
    )  # counts the saves of one page, so that a late one cannot undo a later one
    saved_at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.number}"


class Remark(models.Model):
    """Something added to, or said against, what stands in the case. It stands beside it for good."""

    class Kind(models.TextChoices):
        ADD = "add", "adds"
        CONTEST = "contest", "sees it differently"

    class About(models.TextChoices):
        TEXT = "text", "a text"
        WALK = "walk", "the type"
        MESSAGE = "message", "the message"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="remarks")
    about = models.CharField(max_length=10, choices=About.choices)
    subject = models.CharField(max_length=40)  # one of slots.REMARKED_ON
    role = models.CharField(max_length=12, choices=_ROLES)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    words = SealedField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.role} {self.kind}"


class Reading(models.Model):
    """That one of the two read what the other wrote, as it stood at that moment."""

    class What(models.TextChoices):
        RECORD = "record", "the record"
        MESSAGE = "message", "the message to the team"

    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    role = models.CharField(max_length=12, choices=_ROLES)
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.role} read {self.what}"
