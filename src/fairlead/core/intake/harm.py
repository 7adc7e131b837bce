"""The sentence that says what customers saw, out of everything a text says about causes, steps and people.

It will be read aloud to the person at the centre and may reach the team. So it must be about what could not be
done, not about who did what: a sentence that tells an action or a cause is passed over, or only its end is taken
("... resulting in failed orders").
"""

import re
from collections.abc import Callable
from typing import Final

from fairlead.core.intake.clauses import capital, clauses
from fairlead.core.intake.clock import find_clocks
from fairlead.core.intake.dates import find_dates
from fairlead.core.intake.headline import Heading, first_sentence, headings, plain
from fairlead.core.intake.values import Found

_SAW: Final = re.compile(
    r"\b(?:impact|effects?|symptoms?|(?:customer|user) experience|what (?:customers|users) saw"
    r"|who was affected)\b",
    re.IGNORECASE,
)
_SUMMARY: Final = re.compile(
    r"\b(?:summary|abstract|overview|what happened|tl;?dr|description)\b", re.IGNORECASE
)
_HARM: Final = re.compile(
    r"\b(?:could(?:\snot|n[’']t)|cannot|unable|not able|unavailable|declined|inaccessible"
    r"|not (?:reachable|accessible|available|responding|working)|down|offline|outages?|unreachable"
    r"|broken|stuck|hung"
    r"|fail(?:s|ed|ing|ures?)?|errors?|slow\w{0,4}|timed? ?out|timeouts?|lost|missing|interrupted|nobody"
    r"|no \w{1,20} (?:could|went)|stopped|delayed|wrong|empty|degraded|5\d\ds?|404s?)\b",
    re.IGNORECASE,
)
_PEOPLE: Final = re.compile(
    r"\b(?:customers?|users?|visitors?|(?:web)?shops?|shoppers|stores?|sites?|websites?|pages?"
    r"|portal|apps?|search|log-?ins?|orders?|payments?|checkouts?|services?"
    r"|everybody|everyone)\b",
    re.IGNORECASE,
)
_ACTION: Final = re.compile(
    r"\b(?:deploy\w{0,5}|upgrad\w{1,3}|rolled|releas\w{1,3}|merg\w{1,3}|execut\w{1,4}"
    r"|accident\w{0,4}|mistake\w{0,2}"
    r"|misconfigur\w{1,6}|maintenance|migrat\w{1,4}|notic\w{1,3}|report\w{0,3}|investigat\w{1,4}"
    r"|discovered|decided"
    r"|restarted|because|caused by|we|i|he|she|they|engineers?|developers?|operators?|members?"
    r"|root cause)\b|@\w",
    re.IGNORECASE,
)
_RESULT: Final = re.compile(
    r"\b(?:also )?(?:result(?:ed|ing|s) in|caus(?:ed|ing|es)|(?:which |and )?led to|leading to"
    r"|meaning(?: that)?"
    r"|which meant(?: that)?)\s",
    re.IGNORECASE,
)
_CAUSE: Final = re.compile(
    r"[,;]?\s(?:due to|because(?: of)?|caused by|as a result of|after (?:a|an|the)|owing to|thanks to"
    r"|since (?:a|an|the)|result(?:ed|ing) (?:in|from))\s.*\Z",
    re.IGNORECASE | re.DOTALL,
)
_TIMED: Final = re.compile(
    r"\A(?:on|at|from|between|for|during|around|about|approximately|roughly|\d{1,4})\b[\s,.]{0,3}"
    r"(?:(?:on|at|from|between|for|during|around|about|approximately|roughly|and|to|until|the"
    r"|morning|afternoon"
    r"|evening|night|of|utc|this time|minutes?|hours?|\d{1,4})\b[\s,.]{0,3}){0,11}",
    re.IGNORECASE,
)
_REMEDY: Final = re.compile(
    r"\b(?:should|would|will|need\w{0,2} to|add|implement|agree|create|ensure|improve|process"
    r"|priority|missing alert"
    r"|unless|if|human error|to (?:fail|go|become|return|include|contain))\b|\?",
    re.IGNORECASE,
)
_BLAMED: Final = re.compile(r"\broot cause\b", re.IGNORECASE)
_NO_SUBJECT: Final = re.compile(
    r"(?:is|are|was|were|has|had|have|and|or|then|took|brought|made|broke|got)\b", re.IGNORECASE
)
_REPORTED: Final = re.compile(
    r"\A(?:customers|users|people|teams?)\s(?:were\s|are\s)?(?:report(?:s|ed|ing)?|saw|noticed)\s(?:that\s)?",
    re.IGNORECASE,
)
# A sentence whose subject was cut off, or that begins with a cause.
_HALF: Final = re.compile(
    r"(?:result(?:ed|ing|s)|caus(?:ed|ing|es)|led|leading|contain\w{0,3}|due to|after|because|under"
    r"|this|introduced"
    r"|went|in turn|suspecting|however|not|fix)\b",
    re.IGNORECASE,
)
_STATE: Final = re.compile(
    r"\b(?:is|are|was|were|could|cannot|unable|not|answer\w{0,3}|return\w{0,3}|stopped|missing|exposing)\b",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(
    r"\A(?:this|that|it|which|and|so|but|also|additionally|unfortunately|further)[\s,]{1,2}(?=\w)",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[;,]?\s(?:and|so|but|until)\s(?=(?:the|our|all|customers|users|nobody|everybody|checkout"
    r"|search|orders)\b)|;\s",
    re.IGNORECASE,
)
_NAMES_OF_TIMES: Final = re.compile(r"\b(?:UTC|GMT|CES?T|[PEMC][SD]T)\b")
_SCAN: Final = 65_536
_SENTENCES: Final = 12
_FEWEST_WORDS: Final = 3


def customer_saw(text: str) -> Found[str] | None:
    """Return the words about what customers saw: from the part on impact, the summary, else the whole text.

    None when no sentence says it without telling a cause or somebody's action.
    """
    head = text[:_SCAN]
    parts = list(headings(head))
    for pattern, why in ((_SAW, "from the part about the impact"), (_SUMMARY, "from the summary")):
        for number, heading in enumerate(parts):
            if pattern.search(heading.words):
                best = _best(head, heading.span.end, _end(parts, number, len(head)), _forms)
                if best is not None:
                    return Found(best.value, best.span, why)
    if len(parts) > 1:
        return None  # a document says it where it says the impact; elsewhere it speaks of causes and remedies
    best = _best(head, parts[0].span.end if parts else 0, len(head), _said_forms)
    return None if best is None else Found(best.value, best.span, "the words about who could not do what")


def said_by(title: Found[str] | None) -> Found[str] | None:
    """Return the title where it says itself what customers saw: "All services answer 503", not "Outage"."""
    if title is None or not _weight(title.value) or not _STATE.search(title.value):
        return None
    return Found(_bare(title.value), title.span, "from the title")


def _end(parts: list[Heading], number: int, otherwise: int) -> int:
    """Return where a part ends: at the next heading that is not below it."""
    level = parts[number].level
    return next((other.span.start for other in parts[number + 1 :] if other.level <= level), otherwise)


def _best(text: str, start: int, end: int, forms: Callable[[str], list[str]]) -> Found[str] | None:
    """Return the weightiest sentence, the first of equals, in the shortest form that says as much."""
    best: Found[str] | None = None
    most = 0
    at = start
    for _ in range(_SENTENCES):
        sentence = first_sentence(text, at, end)
        if sentence is None or sentence.span is None:
            break
        at = sentence.span.end + 1
        words = max(forms(sentence.value), key=lambda form: (_weight(form), -len(form)))
        if _weight(words) > most:
            best, most = Found(words, sentence.span, sentence.why), _weight(words)
    return best


def _forms(sentence: str) -> list[str]:
    """Return a sentence, its ends after "resulting in", and its clauses, all without days, times and causes."""
    return [_bare(part) for part in (sentence, *_RESULT.split(sentence)[1:], *_CLAUSE.split(sentence))]


def _said_forms(sentence: str) -> list[str]:
    """Return the clauses of a sentence that somebody typed, each with its subject; none when it blames."""
    if _BLAMED.search(sentence) or _HALF.match(sentence):
        return [""]
    parts = [sentence, *_RESULT.split(sentence)[1:]]
    told = [_bare(one) for part in parts for one in clauses(part)]
    return [one for one in told if not _NO_SUBJECT.match(one)] or [""]


def _bare(words: str) -> str:
    """Return words without days and times at their beginning, without their cause, and without "this" before."""
    kept = plain(words)
    while (mark := next(find_dates(kept), None) or next(find_clocks(kept), None)) is not None:
        kept = kept[: mark.start] + " " + kept[mark.end :]
    kept = " ".join(_NAMES_OF_TIMES.sub(" ", kept).split())
    kept = _CAUSE.sub("", _REPORTED.sub("", _TIMED.sub("", _LEADS.sub("", kept))))
    return capital(kept.strip(" ,;:–—-."))


def _weight(words: str) -> int:
    """Return how much words speak of harm to customers; nothing when they tell an action, a cause or a remedy."""
    if words.endswith("…") or _HALF.match(words):
        return 0
    if _ACTION.search(words) or _REMEDY.search(words):
        return 0
    harm, people = len(_HARM.findall(words)), len(_PEOPLE.findall(words))
    if len(words.split()) < _FEWEST_WORDS and not people:
        return 0  # "It failed" says nothing; "Checkout failed" does
    return min(harm, 2) + min(people, 1) if harm else 0
