"""What a part of the product gives to search: a name for its kind of text, and the texts themselves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Piece:
    """One text to be found: its id, the id of what it stands under, its title, and the rest of its words."""

    key: UUID
    under: UUID
    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text. `pieces` returns every text of this kind that stands under one of the given ids.

    `follows` is the name under which a change tells that id in its outbox row (`incident` for nearly all).
    """

    name: str
    pieces: Callable[[Sequence[UUID]], Iterable[Piece]]
    follows: str = "incident"
