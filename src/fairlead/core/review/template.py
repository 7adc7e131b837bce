"""The sections of a review, as data that an organisation may change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fairlead.core.refusal import Refused

MOST_SECTIONS: Final = 20
LONGEST_TITLE: Final = 80
LONGEST_PROMPT: Final = 500
_NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]+")


class Source(StrEnum):
    """A part of the incident that stands in a section, beside what people write there."""

    NOTHING = ""
    SUMMARY = "summary"
    IMPACT = "impact"
    TIMELINE = "timeline"
    FACTORS = "factors"
    IMPROVEMENTS = "improvements"


SOURCE_WORDS: Final = {
    Source.NOTHING: "Only what people write here",
    Source.SUMMARY: "What happened, how long it lasted, how it came about",
    Source.IMPACT: "What it cost",
    Source.TIMELINE: "The timeline",
    Source.FACTORS: "What made it possible",
    Source.IMPROVEMENTS: "What will change",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section: a key that stays, a title, a question, the incident's part in it, and whether it must be filled."""

    key: str
    title: str
    prompt: str = ""
    source: Source = Source.NOTHING
    needed: bool = False


DEFAULT: Final = (
    Section("summary", "Summary", "What should somebody know who reads only this?", Source.SUMMARY),
    Section("impact", "Impact", "Who felt it, and how? The figures stand below.", Source.IMPACT),
    Section("timeline", "Timeline", "Is there anything the entries do not say?", Source.TIMELINE),
    Section("factors", "Contributing factors", "What made it possible, or worse?", Source.FACTORS),
    Section(
        "improvements",
        "Improvements",
        "What changes in the system, so that the next person is safe?",
        Source.IMPROVEMENTS,
    ),
    Section("went_well", "What went well", "What kept it from being worse? It deserves to be kept."),
    Section(
        "lessons",
        "Lessons",
        "What should somebody know who changes this next? One lesson is enough.",
        needed=True,
    ),
)


def key_for(title: str, taken: Sequence[str]) -> str:
    """Return a key for a new section: its title in small plain letters, with a number when it is taken."""
    base = _NOT_IN_KEY.sub("_", title.lower()).strip("_")[:40] or "section"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def checked(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections of a template. Raises Refused, with the number of the section as field, for what is wrong."""
    if not sections:
        raise Refused("A review needs one section at least.")
    if len(sections) > MOST_SECTIONS:
        raise Refused(f"A review with more than {MOST_SECTIONS} sections is read by nobody. Take some out.")
    keys = [section.key for section in sections]
    for number, section in enumerate(sections):
        if not section.title.strip():
            raise Refused("Each section needs a title.", field=str(number))
        if len(section.title) > LONGEST_TITLE or len(section.prompt) > LONGEST_PROMPT:
            raise Refused(
                f"A title has {LONGEST_TITLE} characters at most, a question {LONGEST_PROMPT}.",
                field=str(number),
            )
        if keys.count(section.key) > 1:
            raise Refused("Two sections have the same key. Open the page again.", field=str(number))
    return tuple(sections)


def from_data(data: Sequence[dict[str, object]]) -> tuple[Section, ...]:
    """Return sections from what `to_data` made of them."""
    return tuple(
        Section(
            str(one["key"]),
            str(one["title"]),
            str(one["prompt"]),
            Source(str(one["source"])),
            bool(one["needed"]),
        )
        for one in data
    )


def to_data(sections: Sequence[Section]) -> list[dict[str, object]]:
    """Return sections as values that JSON can hold."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "prompt": one.prompt,
            "source": one.source.value,
            "needed": one.needed,
        }
        for one in sections
    ]
