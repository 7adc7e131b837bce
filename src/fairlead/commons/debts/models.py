"""Debts of the organisation. No row knows when it was filed, or after which incident or talk."""

import uuid

from django.db import models


class Debt(models.Model):
    """The same miss, as often as it came in one batch: an owner above the engineers answers for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    factor = models.CharField(
        max_length=2
    )  # the organisational factor that was at work, a key of the playbook
    words = models.TextField()  # one of our own sentences
    times = models.PositiveIntegerField()
    owner = models.CharField(max_length=120)  # a role or a team
    due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)  # what was done about it; with it the debt is settled
    edition = models.PositiveIntegerField(default=1)  # so that two editors notice each other

    class Meta:
        ordering = ["factor", "words", "id"]

    def __str__(self) -> str:
        return self.words[:80]
