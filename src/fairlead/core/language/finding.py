"""What the coach says about one place in a text, and what decides how strictly it reads."""

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:  # the roster reads word lists, and most commands have no roster
    from fairlead.core.deidentify.roster import Person

Audience = Literal["commons", "private"]
Level = Literal["suggestion", "warning", "error"]
AUDIENCES: Final[tuple[Audience, ...]] = ("commons", "private")
LEVELS: Final[tuple[Level, ...]] = ("suggestion", "warning", "error")


class Finding(NamedTuple):
    """One place where the words may do harm: which rule says so, where, why, and what could stand there instead.

    `start` and `end` are offsets in characters; lines and columns count from 1. The columns in UTF-16 units are what
    editors ask for. A rewrite replaces the text from `start` to `end`; `safe` says that it may be done unasked.
    `names_somebody` says that the words themselves must not be shown where others read: not in a log, not in an
    annotation.
    """

    rule: str
    category: str
    level: Level
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    utf16_column: int
    utf16_end_column: int
    message: str
    why: str
    rewrites: tuple[str, ...]
    safe: bool = False
    names_somebody: bool = False


class Options(NamedTuple):
    """What a text is checked for beyond the rules of its audience.

    `off` are ids of rules that are left out, whole ("FL203") or by their first figures ("FL2"). `own` are rules of an
    organisation.
    """

    off: tuple[str, ...] = ()
    own: tuple["OwnRule", ...] = ()


class OwnRule(NamedTuple):
    """A rule of an organisation: an id of its own, a pattern in the RE2 dialect, and what to say about a match."""

    id: str
    pattern: str
    message: str
    level: Level = "suggestion"
    audience: tuple[Audience, ...] = AUDIENCES


Roster = tuple["Person", ...]
