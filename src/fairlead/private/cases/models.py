"""Cases and who may read them. No account stands here, only keyed hashes; only state and days are in the clear."""

import uuid

from django.db import models
from django.db.models import Q

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import CaseState, Role


class Case(models.Model):
    """What two people keep about one incident: on pages "our talk"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No reverse accessor, and no protection: neither listing nor deleting an incident tells that a case exists.
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")
    data_key = models.UUIDField()
    playbook = models.CharField(max_length=64)  # the version it was opened with
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in CaseState], default=CaseState.OPEN
    )
    opened_at = models.DateTimeField()
    talk_ended_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    engineer_left_on = models.DateField(
        null=True, blank=True
    )  # erased a month later, unless they come back before
    erase_on = models.DateField()  # twelve months after the last entry, unless it is closed before

    def __str__(self) -> str:
        return f"case {self.pk}"


class EarlierKey(models.Model):
    """A key a case was written with before it was handed over. What was not given stays sealed with it.

    The door of whoever took over never unwraps it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="earlier_keys")
    data_key = models.UUIDField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return f"a key of {self.case_id} until {self.until}"


class Grant(models.Model):
    """That somebody may open a case, in one role, from a moment and perhaps until one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="grants")
    mark = models.CharField(max_length=64, db_index=True)
    role = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Role])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    took_over = models.BooleanField(default=False)  # goes on with what another manager began

    class Meta:
        # Those that have ended stay, so that a page can say who was the manager then.
        constraints = [
            models.UniqueConstraint(
                fields=["case", "role"],
                condition=Q(role__in=["manager", "engineer"], ends_at=None),
                name="one_manager_one_engineer",
            ),
            models.UniqueConstraint(
                fields=["case", "mark"], condition=Q(ends_at=None), name="one_role_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.case_id}"


class Notice(models.Model):
    """That somebody was told something. The words are the playbook's; only which ones is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    mark = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=40)  # a notice of the playbook
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.key
