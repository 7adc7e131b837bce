"""Several rules may see one place; whoever wrote it hears of it once."""

from collections.abc import Iterable, Sequence

from fairlead.core.language.finding import LEVELS, Finding


def once(findings: Sequence[Finding], spoken_of: Iterable[tuple[int, int]] = ()) -> tuple[Finding, ...]:
    """Return one finding for each place that nobody has spoken of yet: the most serious, then the most exact."""
    taken = list(spoken_of)
    said: list[Finding] = []
    for one in sorted(findings, key=lambda one: (-LEVELS.index(one.level), one.end - one.start, one.start)):
        if not any(start < one.end and one.start < end for start, end in taken):
            said.append(one)
            taken.append((one.start, one.end))
    return tuple(sorted(said, key=lambda one: one.start))
