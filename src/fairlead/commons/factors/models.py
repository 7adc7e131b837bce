"""Contributing factors. Who raised one is kept as a role, never as a person."""

import uuid

from django.db import models

from fairlead.commons.incidents.models import Incident


class FactorAnswer(models.Model):
    """The answer to one of the playbook's nine questions about an incident."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known yet"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="factor_answers")
    question = models.CharField(max_length=4)  # A1 to A5, O1 to O4, X
    answer = models.CharField(max_length=8, choices=Answer.choices)
    reason = models.TextField(blank=True)  # why not, or what is still to be found out
    owner = models.CharField(max_length=120, blank=True)  # a role or a team: who finds it out
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class Factor(models.Model):
    """One condition that made the incident possible or worse."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="factors")
    question = models.CharField(max_length=4)
    leaf = models.CharField(max_length=64)  # a key of the playbook, or "other"
    words = models.TextField(blank=True)  # what it was here, and what shows it
    raised_by = models.CharField(max_length=120, blank=True)  # a role
    owner = models.CharField(max_length=120, blank=True)  # whose job it is: a role or a team

    class Meta:
        ordering = ["question", "leaf", "id"]
        indexes = [models.Index(fields=["leaf", "incident"], name="incidents_of_a_condition")]

    def __str__(self) -> str:
        return f"{self.question}: {self.leaf}"
