"""How a service says no: with the reason and the missing things by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is still missing: a stable code, and the words a person reads."""

    code: str
    words: str


class Refused(Exception):  # noqa: N818 - named for what has happened, as it reads in `except Refused`
    """Something cannot be done now.

    `reason` is one sentence for the person; `missing` names what has to be there first; `field` names the input it
    is about, or is empty.
    """

    def __init__(self, reason: str, *, missing: tuple[Missing, ...] = (), field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.missing = missing
        self.field = field


class NotYours(Refused):
    """Something this person may not do at all, whatever they write."""
