"""Improvements: the systemic changes that answer factors. Owners are roles or teams."""

import uuid
from datetime import date

from django.db import models

from fairlead.commons.factors.models import Factor
from fairlead.commons.incidents.models import Incident
from fairlead.core.improvements import Backing, Standing, standing
from fairlead.core.proof import State as ProofState
from fairlead.core.trackers import IssueState

TRACKER_STATES = [
    (IssueState.OPEN.value, "open"),
    (IssueState.STARTED.value, "in progress"),
    (IssueState.CLOSED.value, "closed"),
    (IssueState.NOT_PLANNED.value, "closed, not planned"),
    (IssueState.MOVED.value, "moved to another project"),
    (IssueState.HIDDEN.value, "not found, or not to be seen from here"),
    (IssueState.GONE.value, "deleted"),
]
PROOF_STATES = [(state.value, state.value) for state in ProofState if state is not ProofState.WAIVED]


class Improvement(models.Model):
    """One change to the system, with its strength after the VA NCPS action hierarchy."""

    class Strength(models.TextChoices):
        STRONGER = "stronger", "Stronger"
        INTERMEDIATE = "intermediate", "Intermediate"
        WEAKER = "weaker", "Weaker"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done, as its owner says"
        DROPPED = "dropped", "Dropped, with a reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="improvements")
    factors = models.ManyToManyField(Factor, related_name="improvements", blank=True)
    words = models.TextField()
    strength = models.CharField(max_length=12, choices=Strength.choices)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    tracker_link = models.URLField(blank=True)
    tracker_state = models.CharField(
        max_length=12, blank=True, choices=TRACKER_STATES
    )  # as its tracker says it
    tracker_seen_on = models.DateField(null=True, blank=True)
    tracker_moved_to = models.URLField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closing_words = models.TextField(blank=True)  # what shows that it is done, or why it was dropped
    closed_on = models.DateField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)  # so that two editors notice each other
    opening = models.PositiveIntegerField(
        default=1
    )  # how often it was opened: what was proved before counts no more
    proof_state = models.CharField(max_length=12, blank=True, choices=PROOF_STATES)  # that of its worst proof
    proved_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=6, blank=True, choices=[("proof", "Proof"), ("waiver", "Waiver")])
    done_until = models.DateField(null=True, blank=True)  # the last day on which it counts as done
    # Neither dropped nor done by proof or waiver, as of the last midnight: what lists and counts look for.
    waits = models.BooleanField(default=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="improvements_by_day"),
            models.Index(fields=["incident", "state", "strength"], name="improvements_under_incidents"),
            # What the board counts over all improvements, so that no row of theirs is read for it.
            models.Index(
                fields=["state", "strength", "waits", "done_by", "done_until"], name="improvements_counted"
            ),
            models.Index(fields=["done_until"], name="improvements_done_until"),
            models.Index(
                fields=["due_on", "id", "strength"],
                condition=models.Q(waits=True),
                name="improvements_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    def standing(self, today: date) -> Standing:
        """Return where it stands on a day."""
        backing = Backing(self.proof_state, self.done_by, self.proved_on, self.done_until)
        return standing(
            self.state, due_on=self.due_on, closed_on=self.closed_on, today=today, backing=backing
        )


class ImprovementStep(models.Model):
    """One step in the life of an improvement: what was done, on which day, and the words that go with it.

    Without the moment and without anybody: the minute somebody sat at the keyboard can tell who it was.
    """

    class What(models.TextChoices):
        PLANNED = "planned", "Planned"
        CHANGED = "changed", "Changed"
        DONE = "done", "Called done"
        DROPPED = "dropped", "Dropped"
        REOPENED = "reopened", "Opened again"
        PROVED = "proved", "Proved"
        FAILED = "failed", "Its proof does not hold any more"
        WAIVED = "waived", "Waived"
        UNWAIVED = "unwaived", "The waiver was taken back"

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="steps")
    edition = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What.choices)
    on = models.DateField()
    words = models.TextField(blank=True)  # evidence, a reason, or what stood here before

    class Meta:
        ordering = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["improvement", "edition"], name="one_step_an_edition")]

    def __str__(self) -> str:
        return f"{self.what} on {self.on}"


class Following(models.Model):
    """Somebody's wish to be reminded of an improvement. Only a keyed mark stands here: nobody can read who wished."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["improvement", "mark"], name="followed_once")]

    def __str__(self) -> str:
        return f"a wish about {self.improvement_id}"


class Reminder(models.Model):
    """That an improvement was remembered on a day, for a stage of its waiting; each stage comes once."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=8)
    on = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["improvement", "stage"], name="each_stage_once")]

    def __str__(self) -> str:
        return f"{self.stage} on {self.on}"


class DecisionDay(models.Model):
    """The day on which an improvement above weaker will be decided, when none is known yet."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="decision_day")
    owner = models.CharField(max_length=120)
    due_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.incident_id} on {self.due_on}"
