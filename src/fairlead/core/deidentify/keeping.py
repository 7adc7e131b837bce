"""Before a text is published, each place that narrows down who somebody was is changed, or kept with a reason."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from fairlead.core.deidentify.finding import Finding

# Why a place may stay: a code, and the words a person chooses by.
KEEP_BECAUSE: Final = {
    "thing": "It is a product, a team or a system",
    "many": "It fits five people or more",
    "public": "Everybody could read it before",
    "needed": "The repair needs it, and it shows nobody",
}


def place_id(finding: Finding) -> str:
    """Return one id for all places of a text that show the same words and are of the same kind."""
    return sha256(f"{finding.kind}\0{finding.shown}".encode()).hexdigest()[:16]


def undecided(findings: Iterable[Finding], kept: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the quasi-identifiers that are still to be changed or kept, each once.

    `kept` holds a code of `KEEP_BECAUSE` for each id of a place that somebody decided to keep; other codes count as
    no decision.
    """
    once: dict[str, Finding] = {}
    for finding in findings:
        decided = kept.get(place_id(finding), "") in KEEP_BECAUSE
        if finding.level == "quasi" and not decided:
            once.setdefault(place_id(finding), finding)
    return tuple(once.values())
