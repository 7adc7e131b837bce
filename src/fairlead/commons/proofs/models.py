"""Proofs with their history, and waivers. Nobody stands in them: a waiver holds keyed hashes of its own, and days."""

import uuid

from django.db import models

from fairlead.commons.improvements.models import PROOF_STATES, Improvement
from fairlead.core.waivers import CODE_WORDS, Signed


class Proof(models.Model):
    """One proof file of somebody's repository, as far as it was reported here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="proofs")
    name = models.CharField(max_length=80)  # the name of its file
    title = models.CharField(max_length=300)
    head = models.CharField(max_length=64)  # the hash of the last report, from which the next one goes on
    length = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["improvement", "name"], name="one_proof_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Proving(models.Model):
    """One report: what the runs showed, and the evidence, chained to the report before. Never changed."""

    proof = models.ForeignKey(Proof, models.CASCADE, related_name="provings")
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    opening = (
        models.PositiveIntegerField()
    )  # how often the improvement had been opened: an earlier one's do not count
    on = models.DateField()
    proved = models.CharField(max_length=12, choices=PROOF_STATES)
    most_days = models.PositiveIntegerField()
    evidence = models.JSONField()  # as it was sent; outputs that named somebody are in neutral words

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "number"], name="one_proving_a_number"),
            models.UniqueConstraint(fields=["proof", "hash"], name="each_proving_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proved} on {self.on}"


class Waiver(models.Model):
    """That an improvement counts as done until a day without a proof; it holds once a second person has signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="waivers")
    opening = models.PositiveIntegerField()
    code = models.CharField(max_length=16, choices=list(CODE_WORDS.items()))
    words = models.TextField()
    until = models.DateField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=64)  # of signatures.py
    signer = models.CharField(max_length=120, blank=True)  # the role or team it was signed for
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=64, blank=True)  # of signatures.py
    ended_on = models.DateField(null=True)  # taken back before its day

    class Meta:
        ordering = ["-asked_on", "-until", "id"]

    def __str__(self) -> str:
        return f"{self.code} until {self.until}"

    def signed(self) -> Signed:
        """Return what decides whether it holds."""
        return Signed(self.asked_by, self.signed_by, self.until)
