"""What the organisation has declared to name nobody."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class HarmlessWord(models.Model):
    """One word, machine, network, mailbox or role that says nothing about a person."""

    class Kind(models.TextChoices):
        WORD = "word", "A product, a vendor, a team or a system"
        HOST = "host", "A machine, or a domain with all that is below it"
        NETWORK = "network", "A network or an address, such as 10.0.0.0/8"
        MAILBOX = "mailbox", "A mailbox that belongs to a task"
        ROLE = "role", "A role, with how many people hold it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=200)
    holders = models.PositiveSmallIntegerField(null=True, blank=True)  # of a role

    class Meta:
        ordering = ["kind", "words", "id"]
        constraints = [
            models.UniqueConstraint("kind", Lower("words"), name="declared_once"),
            models.CheckConstraint(
                condition=Q(kind="role", holders__isnull=False) | (~Q(kind="role") & Q(holders=None)),
                name="only_roles_have_holders",
            ),
        ]

    def __str__(self) -> str:
        return self.words
