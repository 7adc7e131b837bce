"""The rows of the audit trail."""

from typing import Any, NoReturn

from django.db import models

from fairlead.foundation.audit.chain import GENESIS, Head, entry_hash


class AppendOnly(Exception):  # noqa: N818 -- named for the rule it states
    """An attempt to change or delete an audit entry."""

    def __init__(self) -> None:
        super().__init__("The audit trail only grows; an entry is never changed or deleted.")


class Outcome(models.TextChoices):
    """How an action ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    DONE = "done"


class _AppendOnlyQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AuditEntry(models.Model):
    """One thing that happened, or was refused. It holds ids, marks and codes; never anybody's words."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject = models.CharField(max_length=64, db_index=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = _AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.sequence}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new entry; raises AppendOnly for one that exists."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AppendOnly."""
        raise AppendOnly

    def expected_hash(self) -> str:
        """Return the hash that the entry's values call for.

        Raises TypeError, ValueError or AttributeError on nonsense.
        """
        return entry_hash(
            sequence=self.sequence,
            at=self.at,
            actor=self.actor,
            action=self.action,
            subject_type=self.subject_type,
            subject=self.subject,
            outcome=self.outcome,
            reason=self.reason,
            detail=self.detail,
            previous_hash=self.previous_hash,
        )


class AuditHead(models.Model):
    """The single row that names the last entry. Writers lock it, so they come one after the other."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return str(self.sequence)

    def as_head(self) -> Head:
        """Return the row as a value."""
        return Head(sequence=self.sequence, hash=self.hash)
