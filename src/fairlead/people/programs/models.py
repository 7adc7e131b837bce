"""Tokens of programs, of which only a keyed hash is kept, and what was answered to a request that may come again."""

import uuid

from django.db import models

from fairlead.people.models import Account


class Scope(models.TextChoices):
    """What a token is good for. A scope never gives more than its owner may do."""

    INCIDENTS_READ = "incidents:read", "Read incidents with all their parts"
    INCIDENTS_WRITE = "incidents:write", "Record and change incidents, impact, factors and timeline"
    IMPROVEMENTS_WRITE = "improvements:write", "Plan and change improvements"
    PROOFS_REPORT = "proofs:report", "Report the proofs of improvements"
    LESSONS_READ = "lessons:read", "Read lessons"
    LESSONS_RATE = "lessons:rate", "Report how often lessons would fire"
    SOURCES_READ = "sources:read", "Read what was written in the heat, where you responded"
    SOURCES_WRITE = "sources:write", "Bring what was written in the heat, for those who responded"


class ApiToken(models.Model):
    """What lets a program act for its owner, within its scopes and until its last day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)  # a keyed hash: the database alone lets nobody in
    prefix = models.CharField(max_length=12)  # the first characters, by which its owner knows it again
    scopes = models.JSONField()
    made_on = models.DateField()
    last_day = models.DateField()
    last_used_on = models.DateField(null=True)  # a day: the minute would tell when somebody works
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_on", "name", "id"]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @property
    def scope_words(self) -> list[str]:
        """What it is good for, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]


class GivenAnswer(models.Model):
    """The answer to a request that carried an Idempotency-Key. It names neither token nor owner, only hashes."""

    key = models.CharField(primary_key=True, max_length=64)  # of token and key together
    request = models.CharField(max_length=64)  # of what was asked
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    kept_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
