"""Neutral wording for what was written in the heat, proposed before anything of it is published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fairlead.commons.harmless.selectors import declared
from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.finding import Finding
from fairlead.core.deidentify.neutral import in_neutral_words
from fairlead.people.selectors import roster

_SPEAKER: Final = re.compile(r">?\s*:\s+")


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
        while at < len(findings) and findings[at].end <= start:
            at += 1
        while at < len(findings) and findings[at].start < end:
            inside.append(_within(findings[at], start, end))
            if findings[at].end > end:
                break  # a name that runs on into the next text is found in both
            at += 1
        proposals.append(Proposal(_neutral(text, inside), tuple(inside)))
        start = end + 1
    return proposals


def _neutral(text: str, findings: list[Finding]) -> str:
    """Return the neutral words; who said a line of a chat is not said any more, instead of being called somebody."""
    speaker = (
        _SPEAKER.match(text, findings[0].end)
        if findings and not text[: findings[0].start].strip("<@ ")
        else None
    )
    if speaker is None:
        return in_neutral_words(text, findings)
    cut = speaker.end()
    said = in_neutral_words(
        text[cut:], [_within(one, cut, len(text)) for one in findings if one.start >= cut]
    )
    return said[:1].upper() + said[1:]


def _within(one: Finding, start: int, end: int) -> Finding:
    """Return the part of a finding that lies in a text, with offsets of that text."""
    first, last = max(one.start, start), min(one.end, end)
    return replace(
        one, start=first - start, end=last - start, shown=one.shown[first - one.start : last - one.start]
    )
