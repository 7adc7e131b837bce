"""What the coach says while somebody writes: harmful words, and in the commons also whoever is named. Nothing is kept.

Two readers look at a text meant for everybody, the coach and the guard of the commons. Where both see the same place
the guard speaks, because it knows the people of this organisation and what it has declared harmless.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fairlead.commons.blameless import Place, places_in
from fairlead.core.deidentify.neutral import Edit, neutral_edits
from fairlead.core.language import Finding, lint
from fairlead.core.language.once import once
from fairlead.core.language.rewriting import rewrites_in
from fairlead.people.selectors import roster

Audience = Literal["commons", "private"]
LONGEST = 200_000  # characters
MOST_SHOWN = 200
MOST_WEIGHED = 600  # findings; each is held against all others
MOST_REWRITES = 3

_LEVELS = {"direct": "error", "quasi": "suggestion"}


def coach(text: str, audience: Audience) -> list[dict[str, object]]:
    """Return what there is to say about a text, in its order, ready for the page.

    Offsets count UTF-16 units, as browsers do. Raises Refused for a text that is too long to be checked.
    """
    guarded = places_in({"text": text}) if audience == "commons" else ()
    taken = [(place.finding.start, place.finding.end) for place in guarded]
    said = once(lint(text[:LONGEST], audience=audience, roster=roster())[:MOST_WEIGHED], taken)
    at = _Utf16(text)
    neutral = {id(edit.finding): edit for edit in neutral_edits(text, (place.finding for place in guarded))}
    found = [_of_guard(place, neutral.get(id(place.finding)), at) for place in guarded] + [
        _of_coach(text, one, at) for one in said[:MOST_SHOWN]
    ]
    return sorted(found, key=lambda one: (one["start"], one["end"]))[:MOST_SHOWN]  # type: ignore[arg-type, return-value]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, and what the coach finds in it (None: nothing)."""

    words: str
    finding: Finding | None


def marked_parts(text: str, findings: Sequence[Finding]) -> list[Part]:
    """Return a text cut where something was found; of findings that overlap the first one stands."""
    parts: list[Part] = []
    at = 0
    for one in sorted(findings, key=lambda one: (one.start, -one.end)):
        if one.start >= at:
            parts += (Part(text[at : one.start], None), Part(text[one.start : one.end], one))
            at = one.end
    return [part for part in (*parts, Part(text[at:], None)) if part.words]


def _of_coach(text: str, one: Finding, at: "_Utf16") -> dict[str, object]:
    rewrites = rewrites_in(text, one)[:MOST_REWRITES]
    return {
        "start": at(one.start),
        "end": at(one.end),
        "level": one.level,
        "message": one.message,
        "why": one.why,
        "rewrites": [
            {"start": at(other.start), "end": at(other.end), "words": other.words} for other in rewrites
        ],
        # What cannot be put there as it is may still help to find one's own words.
        "perhaps": [words[:1].upper() + words[1:] for words in one.rewrites[: 0 if rewrites else 1]],
    }


def _of_guard(place: Place, edit: Edit | None, at: "_Utf16") -> dict[str, object]:
    one = place.finding
    return {
        "start": at(one.start),
        "end": at(one.end),
        "level": _LEVELS[one.level],
        "message": one.reason,
        "why": "" if edit or not one.instead else f"Say instead: {one.instead}.",
        # Words may go altogether, where a role already stands before the name.
        "rewrites": [{"start": at(edit.start), "end": at(edit.end), "words": edit.words}] if edit else [],
        "perhaps": [],
    }


class _Utf16:
    """Turns offsets in characters into offsets in UTF-16 units; the two differ after the first emoji."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]  # noqa: PLR2004

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)
