"""One rehearsal, worked out anew from the lines that were said: nothing of it is kept anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.core.language import Finding, lint
from fairlead.core.language.once import once
from fairlead.core.rehearsal.partners import HURTS, Partner, moves

LONGEST_LINE: Final = 2_000  # characters
MOST_LINES: Final = 40
LONG_LINE: Final = 60  # words; beyond that people under stress stop listening


@dataclass(frozen=True, slots=True)
class Turn:
    """What the manager said, what was heard in it, what the coach marks, and what the partner answers."""

    said: str
    heard: frozenset[str]
    findings: tuple[Finding, ...]
    answer: str

    @property
    def hurts(self) -> frozenset[str]:
        """What in it hurts, by the coach's categories."""
        return self.heard & frozenset(HURTS.values())

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.said.split())


def play(partner: Partner, lines: Sequence[str]) -> tuple[Turn, ...]:
    """Return the rehearsal so far: a turn for each line that was said, in order.

    The same lines always lead to the same answers. Lines after the fortieth and characters after the two thousandth
    are left out.
    """
    turns: list[Turn] = []
    state = partner.states[0]
    for line in lines[:MOST_LINES]:
        said = line[:LONGEST_LINE].strip()
        findings = lint(said, audience="private")
        heard = _moves_in(said) | {HURTS[one.category] for one in findings if one.category in HURTS}
        answer = next((one for one in state.answers if heard & set(one.on)), state.otherwise)
        turns.append(Turn(said, frozenset(heard), once(findings), answer.says))
        state = partner.state(answer.to)
    return tuple(turns)


def _moves_in(line: str) -> set[str]:
    plain = line.lower().replace("'", "’")
    return {key for key, pattern in moves() if pattern.search(plain)}
