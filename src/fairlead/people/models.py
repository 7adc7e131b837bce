"""Accounts, teams and the organisation. Nothing of an incident or a talk is ever kept here."""

import uuid
from datetime import time

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class OrgRole(models.TextChoices):
    """What somebody does for the whole organisation, beside their work in a team."""

    HR = "hr", "HR partner"
    DIRECTOR = "director", "Director"
    OPERATOR = "operator", "Operator"


class Organisation(models.Model):
    """The one organisation this server belongs to."""

    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="USD")
    zone = models.CharField(max_length=64, default="UTC")
    erase_after_months = models.PositiveSmallIntegerField(default=6)  # after closure; 1 to 12
    erase_unclosed_after_months = models.PositiveSmallIntegerField(default=12)
    help_words = models.TextField(blank=True)  # where professional help is; empty: the playbook's own words
    erase_source_after_days = models.PositiveSmallIntegerField(default=90)  # 1 to 365

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erase_after_months__range=(1, 12)), name="erase_after_1_to_12"
            ),
            models.CheckConstraint(
                condition=Q(erase_source_after_days__range=(1, 365)), name="erase_source_after_1_to_365"
            ),
            models.CheckConstraint(condition=Q(pk=1), name="one_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    handles = models.JSONField(default=list, blank=True)  # what chat and trackers call this person
    zone = models.CharField(max_length=64, default="UTC")
    org_roles = models.JSONField(default=list, blank=True)  # values of OrgRole
    working_week = models.CharField(max_length=7, default="01234")  # the weekdays somebody works, Monday is 0
    country = models.CharField(max_length=2, blank=True)  # whose public holidays count; ISO 3166
    region = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    # The trail knows who signed in as a keyed hash; a moment beside a name would tie the two together.
    last_login = None
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Reminders(models.Model):
    """How somebody wants to be reminded, and whether mail reaches them. Without a row: by mail, and quiet at night."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="+")
    by_mail = models.BooleanField(default=True)
    chat_url = models.TextField(
        blank=True
    )  # sealed with the key file: whoever has it can write into the chat
    quiet_from = models.TimeField(default=time(19, 0))
    quiet_to = models.TimeField(default=time(8, 0))
    calendar = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - the hash of a token, for some
    mail_refused_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"reminders of {self.account_id}"


class Team(models.Model):
    """People who work together, with at least one manager."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody's place in a team, from a day until a day."""

    class Kind(models.TextChoices):
        MANAGER = "manager", "Manager"
        MEMBER = "member", "Member"

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "account"], condition=Q(ended_at=None), name="one_current_place_in_a_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.team_id}"
