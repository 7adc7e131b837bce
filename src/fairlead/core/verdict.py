"""The three answers of a safeguard."""

from enum import StrEnum


class Verdict(StrEnum):
    """Three answers. An error is never one of the other two."""

    ACCEPT = "ACCEPT"
    REFUSE = "REFUSE"
    ERROR = "ERROR"
