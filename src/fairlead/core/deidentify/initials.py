"""Initials where somebody stands: "14:32 JL back at the desk", "asked JL to drain it", "Action: JL to write it"."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.reading import ABBREVIATIONS, Vocabulary, is_doing, phrase_words
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import word_list

_OR_INITIALS: Final = word_list("abbreviations_or_initials")
_ROMAN: Final = frozenset({"I", "II", "III", "IV", "V", "VI"})
_LONGEST: Final = 3
_PEOPLE_DO: Final = phrase_words("phrases_of_people") | word_list("verbs_of_people")
_LIST: Final = r"^[ \t>*+•–-]{0,6}(?:\d{1,2}[.)] )?(?:\[[ x]?\] )?"
_TIME: Final = (
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?(?: ?(?:UTC|GMT|Z|[A-Z]{1,3}T))?[\])]?[ ,:|–—-]{1,4}"
)
_PATTERNS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # After words such as those before "JL" in: we asked JL to drain it, approved by JL.
        (
            r"(?i:\b(?:asked|ask|told|tell|paged|pinged|ping|thanks|thank you|thx|cc|kudos to|woke|owner|spoke to"
            r"|spoke with|talked to|talked with|assigned to|handed over to|handed to|over to|paired with|per"
            r"|(?:[a-z]{3,}ed|done|led|run|written|taken|made) by))[: ] ?(?P<who>[A-Z]{2})(?![\w-]| [A-Z\d])"
        ),
        # Speaking: JL: on it.
        r"^[ \t>*]{0,4}(?P<who>[A-Z]{2})(?::| [-–—]) (?=[a-z])",
        # Present: 14:32 JL back at the desk.
        rf"{_TIME}(?P<who>[A-Z]{{2}}) (?:here|back|away|off|out|on (?:it|call|site|the)|in the|at the)\b",
        # With something to do: Action: JL to follow up. AP JL: write the limit down. - JL to follow up.
        (
            r"(?i:\b(?:actions?|action items?|ap|ai|to-?do|tasks?|follow-?up)\b(?: (?:for|on))?[ :#–-]{1,3})"
            r"(?P<who>[A-Z]{2})(?= to\b| will\b| ?[:–-]| \()"
        ),
        rf"{_LIST}(?P<who>[A-Z]{{2}}) (?:to|will) [a-z]",
        # Signing: On it. /JL
        r"(?:[.!?…)\w][ \t]+|^)[/~][ ]?(?P<who>[A-Z]{2,3})[ \t]*$",
    )
)
_WITH_VERB: Final = re.compile(r"(?<![\w./-])(?P<who>[A-Z]{2}) (?P<does>[a-z]{2,20}(?: [a-z]{1,20}){0,3})")


def are_initials(who: str, known: Vocabulary) -> bool:
    """Tell whether two or three capitals can be somebody's, and are short for no thing."""
    bare = who.replace(".", "")
    return (
        1 < len(bare) <= _LONGEST
        and bare.isalpha()
        and bare.isupper()
        and bare.lower() not in ABBREVIATIONS
        and (bare.lower() not in _OR_INITIALS or bare in known.initials)
        and bare.lower() not in known.harmless
        and bare not in _ROMAN
    )


def initials(text: str, known: Vocabulary) -> Iterator[Spot]:
    """Yield initials that are spoken to, speak, sign or have something to do, be there a time or not."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if are_initials(found["who"], known):
                yield Spot(found.start("who"), found.end("who"), "initials")
    for found in _WITH_VERB.finditer(text):
        if are_initials(found["who"], known) and is_doing(found["does"].split(), _PEOPLE_DO):
            yield Spot(found.start("who"), found.end("who"), "initials")
