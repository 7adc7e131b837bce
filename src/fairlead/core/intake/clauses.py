"""The clauses of a sentence, without its times, lengths and money: what is left can be a title or be said aloud.

"At 14:27 a change looped, the shop was down until 15:32, cost USD 180k" has two: "a change looped" and "the shop was
down". What only says when it was noticed, when it was over or what it cost is no clause of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.intake.dates import find_dates
from fairlead.core.intake.figures import lengths, money
from fairlead.core.intake.neardays import NEAR_DAY
from fairlead.core.intake.spoken import clocks_of

_TIME, _MONEY = "\x00", "\x01"  # what stood there; no text has them
_LINK: Final = (
    r"(?:at|on|from|since|until|till|til|by|between|starting|for|the|of|and|to|through|up to|around"
    r"|about|approx\.?"
    r"|approximately|roughly|ca\.?|circa|morning|afternoon|evening|night|~|[(\[])"
)
_MORE: Final = rf"(?:\s?(?:[-–—,~()]|\b{_LINK}(?!\w))){{0,5}}\s?"
_WHEN: Final = re.compile(
    rf"(?:,\s)?(?:(?<!\w){_LINK}\s?){{0,5}}{_TIME}(?:{_MORE}{_TIME}){{0,7}}"
    r"(?:\s?[)\]]|\s(?:on|local time|(?:in the|this) (?:morning|afternoon|evening)|(?:UTC|GMT)\b)(?=[\s,.;]|\Z)){0,2}",
    re.IGNORECASE,
)
_COSTS: Final = re.compile(
    r"\b(?:cost(?:s|ing)?|los(?:t|s|ses|ing)|revenue|sales|damages?|turnover|gone|burn\w{0,3}|bill"
    r"|worth|down the drain)\b",
    re.IGNORECASE,
)
_BARE_COST: Final = re.compile(
    r"\A(?:(?:and|which|it|this|that|has|have|the|probably|maybe)\s){0,4}(?:cost(?:s|ing)?|damages?"
    r"|los(?:s|ses|ing))\b",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(
    r"(?:[,(]\s?)?(?:\b(?:about|around|roughly|approx\.?|approximately|ca\.?|circa|some|nearly|over"
    rf"|for|of)\s|~\s?){{0,3}}{_MONEY}\)?",
    re.IGNORECASE,
)
_SUBJECT: Final = r"(?:[^\s,;]+\s){1,6}?"
_VERB: Final = (
    r"(?:was|were|is|are|am|has|had|have|went|goes|could\S*|can\S*|couldn\S*|did\S*|do(?:es)?n\S*"
    r"|fail\w*|stopp\w+|broke\w*|down"
    r"|looped|got|gets|came|saw|lost|timed|threw|return\w+|start\w*|began|crash\w+|died|unable"
    r"|unavailable|unreachable|offline"
    r"|good|again|fixed|resolved|restored|recovered|affected|empty|declined|dropped|expired|[a-z]{3,}ed)"
)
_ALONE: Final = (
    r"(?:was|were|is|got|came|back|costs?|costing|losing|lost|fixed|resolved|recovered|restored"
    r"|noticed|detected|mitigated"
    r"|reverted|rolled|took|taking|brought|caused|causing|broke|went|started|ended|all (?:good|ok)"
    r"|ok|(?:half|(?:a|one|two|three)\s(?:third|quarter|fifth)s?|\d{1,3}\s?%)\sof|still|damage|outage|loss"
    r"|revenue|that\s(?!could|can))\b"
)
_CUT: Final = re.compile(
    r"\s?[;:!?]\s|(?<![.\s]\w)(?<!\bca)(?<!approx)\.\s|(?<=\S)\s[-–—]+\s|(?P<comma>,\s)(?:(?:and|so"
    r"|but|then|which|after that)\s){0,2}"
    r"|\s(?:and|so|but|then|so that|while|when|which|after that)\s|\s(?=(?:costing|losing|causing)\b)",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(rf"(?:{_SUBJECT}{_VERB}\b|{_ALONE}|[{_TIME}{_MONEY}])", re.IGNORECASE)
_STANDS: Final = re.compile(
    rf"\b{_VERB}\b|\A\W*\Z|{_MONEY}|\b(?:change|outage|failover|deploy|push|errors?|now|down)\b",
    re.IGNORECASE,
)
_BECAUSE: Final = re.compile(
    r"[,;]?\s(?:due to|because(?: of)?|caused by|as a result of|owing to|thanks to|after (?:a|an|the"
    r"|our|my|we|i)\b)[^.;]*\Z",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    r"\A(?:(?:and|so|but|then|also|that|which|after that|please note|kindly note|kindly note that"
    r"|fyi|hi|hello)\b[\s,:]{0,2}){1,4}(?=\w)",
    re.IGNORECASE,
)
_NOTICED: Final = re.compile(
    r"\A(?:we|i|they|somebody|someone|customers|users|support|monitoring|nobody)?\s?(?:only |first "
    r"|have |has )?"
    r"(?:did(?:n[’']t| not) )?(?:notic\w+|report\w*|detect\w*|discover\w*|saw|see|found(?: out)?"
    r"|heard|realis\w+|realiz\w+)\s?(?:that\s|it\b|\Z)",
    re.IGNORECASE,
)
_FILLER: Final = re.compile(
    r"\b(?:it|its|it[’']s|this|that|we|i|they|was|were|is|are|has|have|had|been|got|came|come|and"
    r"|then|only|first|at|by|on|in|from"
    r"|since|until|till|to|for|about|around|up|the|back|all|good|ok|okay|fine|again|now|over|still"
    r"|so far|already|counting"
    r"|started|starting|began|ended|fixed|resolved|solved|sorted|mitigated|detected|noticed"
    r"|recovered|restored|reverted|rolled"
    r"|outage|incident|service|everything|start|end|happened|working|running|normal|online|live"
    r"|broken|hrs?|not|known|cost|yet)\b",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:(?:is|was|are|were|came|got (?:it|everything)|went|all) (?:back|fixed|resolved|restored"
    r"|recovered|over|working again|online again|good|ok|fine)"
    r"|(?:fully |partly )?recovered|rolled back|reverted)\b",
    re.IGNORECASE,
)
_UNSAID: Final = re.compile(
    r"\b(?:don[’']t|do not|not) (?:yet )?know\b|\bnot known\b|\bunknown\b", re.IGNORECASE
)
_STILL: Final = re.compile(r"\b(?:down|could|fail\w+|nobody|unable|errors?|not)\b", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]{2,}")
_LONG: Final = 1_000


def clauses(sentence: str) -> tuple[str, ...]:
    """Return the clauses that say what happened, in order, each beginning with a capital.

    `sentence` is plain prose, at most a few sentences. Clauses about notice, cost and the end are left out.
    """
    return tuple(one for part in _parts(_marked(sentence[:_LONG])) if (one := _told(part)))


def capital(words: str) -> str:
    """Return words with a capital at their beginning, unless the first word has one inside ("iOS", "eBay")."""
    first = words.split(" ", 1)[0]
    return words[:1].upper() + words[1:] if first == first.lower() else words


def _marked(sentence: str) -> str:
    """Return the sentence with one mark where a time, a day, a length or an amount of money stands."""
    spans = [(one.start, one.end, _TIME) for one in (*clocks_of(sentence), *find_dates(sentence))]
    spans += [(found.start(), found.end(), _TIME) for found in NEAR_DAY.finditer(sentence)]
    spans += [(one.start, one.end, _TIME) for one in lengths(sentence)]
    spans += [(one.span.start, one.span.end, _MONEY) for one in money(sentence)]
    kept, at = "", 0
    for start, end, mark in sorted(spans):
        if start >= at:
            kept += sentence[at:start] + mark
            at = end
    return kept + sentence[at:]


def _parts(marked: str) -> Iterator[str]:
    """Yield the stretches between pauses after which something new begins: not those inside a list of nouns."""
    at = 0
    for found in _CUT.finditer(marked):
        before, rest = marked[at : found.start()], marked[found.end() :]
        hard = found[0].strip()[:1] in {";", ":", "!", "?", ".", "-", "–", "—"}
        if hard or (_STANDS.search(before) and _BEGINS.match(rest)) or before.strip(" ,").endswith(_TIME):
            yield before
            at = found.end()
    yield marked[at:]


def _told(part: str) -> str:
    """Return a part as it can be said, or an empty text when it says only when, how much, or that it is over."""
    if _MONEY in part and (_COSTS.search(part) or len(_LETTER.findall(_AMOUNT.sub(" ", part))) <= 1):
        return ""
    words = " ".join(_AMOUNT.sub(" ", _WHEN.sub(" ", part)).split())
    words = _BECAUSE.sub("", words.strip(" ,;:–—-.!?()"))
    words = _FIRST.sub("", _NOTICED.sub("", _FIRST.sub("", words)))
    words = re.sub(r"\s([,;.)])", r"\1", words).strip(" ,;:–—-.!?()")
    if _BARE_COST.match(words) or _UNSAID.search(words):
        return ""
    if not _LETTER.search(_FILLER.sub(" ", words)) or (_OVER.search(words) and not _STILL.search(words)):
        return ""
    return capital(words)
