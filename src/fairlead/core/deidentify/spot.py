"""Where a text may tell who somebody is, before anything is said about it."""

from typing import NamedTuple


class Spot(NamedTuple):
    """A place and its kind, before reason and level are put to it. `instead` overrides the kind's neutral wording.

    A tuple and no dataclass, because spots are sorted and compared by the hundred thousand in a long log.
    """

    start: int
    end: int
    kind: str
    instead: str = ""
