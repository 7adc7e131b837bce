"""What is said at the end of a rehearsal: the two lines most worth changing, and what has not been heard yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.core.rehearsal.play import LONG_LINE, Turn

MOST_WORTH: Final = 2

# How much it is worth to change a line, by what hurts in it; the order is that of playbook §3 and §5, not a score.
_WORTH: Final = {
    "threat": 60,
    "blame": 50,
    "interrogation": 40,
    "hindsight": 38,
    "minimising": 36,
    "individual-only": 30,
}
_NOT_ABOUT_THEM, _IMPACT_FIRST, _LONG = 25, 20, 10
_CONCERN: Final = frozenset({"concern", "thanks", "time", "safety"})

# What a talk needs, in its order, and the movement of the playbook that has the words for it.
NEEDS: Final = (
    (_CONCERN, "concern", "How they are, before what happened."),
    (frozenset({"facts", "say_back"}), "facts", "What they saw, in their own words."),
    (frozenset({"impact"}), "impact", "The honest size of it, once."),
    (frozenset({"person"}), "person", "That the mistake is not who they are."),
    (frozenset({"systems", "pressure"}), "systems", "What besides more care would have prevented it."),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """A line worth changing: the turn, the sentences that say why, and the movement that has better words."""

    turn: Turn
    reasons: tuple[str, ...]
    movement: str


def worth_changing(turns: Sequence[Turn]) -> tuple[Advice, ...]:
    """Return at most two lines whose change would help most, in the order they were said; none is a good answer."""
    weighed = [(_weigh(turns, at), at) for at in range(len(turns))]
    chosen = sorted((one for one in weighed if one[0]), key=lambda one: (-one[0], one[1]))[:MOST_WORTH]
    return tuple(_advice(turns, at) for _, at in sorted(chosen, key=lambda one: one[1]))


def not_heard_yet(turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
    """Return what the partner has not heard yet, as pairs of a movement's key and a sentence."""
    heard = frozenset[str]().union(*(turn.heard for turn in turns))
    return tuple((movement, words) for moves, movement, words in NEEDS if not heard & moves)


def _weigh(turns: Sequence[Turn], at: int) -> int:
    turn = turns[at]
    return (
        sum(_WORTH[hurt] for hurt in turn.hurts)
        + _NOT_ABOUT_THEM * _opens_without_concern(turns, at)
        + _IMPACT_FIRST * _impact_before_facts(turns, at)
        + _LONG * (turn.words > LONG_LINE)
    )


def _opens_without_concern(turns: Sequence[Turn], at: int) -> bool:
    return at == 0 and not turns[0].heard & _CONCERN


def _impact_before_facts(turns: Sequence[Turn], at: int) -> bool:
    return "impact" in turns[at].heard and not any("facts" in turn.heard for turn in turns[: at + 1])


def _advice(turns: Sequence[Turn], at: int) -> Advice:
    turn = turns[at]
    reasons = [finding.why for finding in turn.findings]
    movement = "concern" if at == 0 else "facts"
    if turn.hurts & {"minimising"}:
        movement = "impact"
    elif turn.hurts & {"individual-only"}:
        movement = "systems"
    if _opens_without_concern(turns, at):
        reasons.append(
            "The first thing they hear tells them what kind of talk this is. It was not about them."
        )
    if _impact_before_facts(turns, at):
        reasons.append(
            "The size of it came before their own account. They defend themselves against a sum; they can tell a story."
        )
    if turn.words > LONG_LINE:
        reasons.append(f"It has {turn.words} words. Under stress people keep the first twenty.")
    return Advice(turn, tuple(dict.fromkeys(reasons)), movement)
