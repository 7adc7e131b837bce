"""Lessons and what people said of them. Who wrote one, or found it useful, is nowhere."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident
from fairlead.core.lessons.lesson import Lesson as LessonValue
from fairlead.core.lessons.lesson import Triggers


class Lesson(models.Model):
    """What one incident taught about changing a certain thing. A new one is tried in silence first."""

    class Standing(models.TextChoices):
        SHADOW = "shadow", "Tried in silence"
        SHOWN = "shown", "Shown"
        MUTED = "muted", "Silent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="lessons")
    title = models.CharField(max_length=200)
    know = models.TextField()
    triggers = models.JSONField(default=dict)  # kinds with their values, as in core.lessons.lesson.Triggers
    safeguards = models.JSONField(default=list)  # ids of proofs in the user's own repository
    standing = models.CharField(max_length=6, choices=Standing.choices, default=Standing.SHADOW)
    fires_on_own = models.BooleanField(null=True)  # on the change that broke things; None: not tried
    fired = models.PositiveIntegerField(null=True)  # on so many of `looked_at` ordinary changes
    looked_at = models.PositiveIntegerField(null=True)
    tried_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1)  # so that two editors notice each other

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def value(self) -> LessonValue:
        """Return the lesson as the deciding code sees it."""
        return LessonValue(
            str(self.pk),
            self.title,
            self.know,
            Triggers(**{kind: tuple(values) for kind, values in self.triggers.items()}),
            tuple(self.safeguards),
            self.incident.mechanism,
            shadow=self.standing != self.Standing.SHOWN,
            edition=self.edition,
        )


class LessonAnswer(models.Model):
    """That a lesson was useful to somebody, or was not. Only a keyed mark keeps anybody from answering twice."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="answers")
    mark = models.CharField(max_length=64)
    useful = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "mark"], name="one_answer_a_person")]

    def __str__(self) -> str:
        return f"an answer about {self.lesson_id}"
