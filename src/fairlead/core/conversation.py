"""The six movements as they stand for one talk: the third with its own figures, the sixth by type (playbook §5, §6)."""

from dataclasses import replace
from typing import Final

from fairlead.core.playbook.schema import AgreeGuide, Line, Movement, Playbook

STATEMENT_LINE: Final = "impact.statement"
# The statement already says how serious it was; saying it again would be piling on.
_SAID_BY_THE_STATEMENT = "impact.serious"


def _impact(movement: Movement, statement: tuple[str, ...]) -> Movement:
    if not statement:
        return movement
    first, *rest = movement.opening
    said = Line(STATEMENT_LINE, " ".join(statement), "The size of it, from what is on record")
    kept = (line for line in rest if line.id != _SAID_BY_THE_STATEMENT)
    return replace(movement, opening=(first, said, *kept))


def _agree(movement: Movement, guide: AgreeGuide) -> Movement:
    return replace(
        movement,
        opening=(*guide.opening, *movement.opening),
        asks=(*guide.asks, *guide.offers, *movement.asks, *guide.closing),
        avoid=(*guide.avoid, *movement.avoid),
        glance=guide.glance,
    )


def movements_for(
    playbook: Playbook, *, type_number: int | None, statement: tuple[str, ...]
) -> tuple[Movement, ...]:
    """Return the six movements of one talk.

    `type_number` is the type that stands, 1 to 4, or None while it is not decided; `statement` are the sentences of
    the impact statement, empty when nothing is on record. Raises KeyError for a type that is not in the playbook.
    """
    guide = playbook.agree_guide(type_number)
    return tuple(
        _impact(movement, statement)
        if movement.key == "impact"
        else _agree(movement, guide)
        if movement.key == "agree"
        else movement
        for movement in playbook.movements
    )
