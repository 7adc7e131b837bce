"""What the vault keeps: wrapped keys, proof that the key file belongs here, and what was erased."""

import uuid

from django.db import models


class DataKey(models.Model):
    """The key of one case, wrapped by the key file's key of this version. The case's row holds this id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    version = models.PositiveIntegerField(db_index=True)
    created_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return str(self.id)


class KeyCheck(models.Model):
    """A known value under one key of the key file, by which a key file of another database is recognised."""

    name = models.CharField(primary_key=True, max_length=20)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class ErasureStage(models.TextChoices):
    """How far an erasure has come; a killed one goes on from here."""

    BEGUN = "begun"
    KEY_DESTROYED = "key_destroyed"
    FINISHED = "finished"


class ErasureLedger(models.Model):
    """One erased subject.

    It stays after the subject is gone, so that a restored backup can be erased again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(unique=True)
    erased_at = models.DateTimeField(editable=False)
    stage = models.CharField(max_length=16, choices=ErasureStage.choices, default=ErasureStage.BEGUN)

    def __str__(self) -> str:
        return f"{self.subject}: {self.stage}"
