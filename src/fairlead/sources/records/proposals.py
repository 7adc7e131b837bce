"""Neutral wording for what was written in the heat, proposed before anything of it is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairlead.commons.harmless.selectors import declared
from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.finding import Finding
from fairlead.core.deidentify.neutral import in_neutral_words
from fairlead.people.selectors import roster


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text as it could stand in the commons, and why it was changed."""

    words: str
    findings: tuple[Finding, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing in the text tells, or helps to tell, who somebody is."""
        return not self.findings


def propose(texts: Sequence[str]) -> list[Proposal]:
    """Return a proposal for each text. They are examined together: who is found in one is found in all."""
    whole = "\n".join(texts)
    findings = list(examine(whole, roster=roster(), declared=declared()))
    proposals: list[Proposal] = []
    start = at = 0
    for text in texts:
        end = start + len(text)
        inside: list[Finding] = []
        while at < len(findings) and findings[at].start < end:
            one = findings[at]
            if one.start >= start and one.end <= end:
                inside.append(_moved(one, start))
            at += 1
        proposals.append(Proposal(in_neutral_words(text, inside), tuple(inside)))
        start = end + 1
    return proposals


def _moved(one: Finding, by: int) -> Finding:
    return Finding(one.start - by, one.end - by, one.kind, one.level, one.shown, one.reason, one.instead)
