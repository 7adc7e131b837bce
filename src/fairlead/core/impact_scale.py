"""What has no honest number: support load, other teams, reputation. Four steps; the playbook has their words."""

from enum import StrEnum


class Step(StrEnum):
    """How much something weighed."""

    NONE = "none"
    SMALL = "small"
    NOTICEABLE = "noticeable"
    HEAVY = "heavy"
