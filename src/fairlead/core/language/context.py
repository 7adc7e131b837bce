"""What stands around a match and changes its meaning: a no, a rejection, a report, a mend of the system."""

import re
from functools import cache
from typing import Final

from fairlead.core.language.wordsets import words

_WORD: Final = re.compile(r"[a-z#][a-z#'-]*|[,;:()]")
_NO: Final = words("""
    not never no nor nobody neither without cannot can't don't doesn't didn't isn't aren't wasn't weren't won't
    wouldn't shouldn't couldn't haven't hasn't hadn't hardly avoid avoids avoided avoiding reject rejects refuse stop
    against dont doesnt didnt isnt wasnt
    """)
_NEAR: Final = 5

_DENIED: Final = (
    r"\b(?:is|are|was|were|be) (?:not|never)(?: by itself| alone| only| really)? (?:a|an|the|our"
    r"|in itself|where|what"
    r"|enough|how|why|something|your|his|her|their|to (?:blame|find|say|ask|judge|punish|shame|name|decide|look))\b"
    r"|\bnobody is\b|\bno one is\b"
)
_REJECTED: Final = (
    r"\b(?:isn't|aren't|wasn't|never|not)(?: \w+)? (?:a |an |the |our )?(?:root cause|cause"
    r"|explanation|answer|remedy"
    r"|corrective action|action item|solution|verdict|finding)"
    r"|\b(?:rather than|instead of)\b|\breject(?:s|ed|ing)?\b|\blabel(?:l?ing|l?ed|s)?\b"
    r"|\b(?:the|a|this|that|first|such) (?:word|words|phrase|label|term|notion|wording|expression|draft)\b"
    r"(?! with)"
    r"|\b(?:we|reviews?|it|they|one) (?:do not|don't|never|does not|doesn't|no longer"
    r"|should not|shouldn't|must not"
    r"|avoid|will not|won't|cannot|can't) (?:ask|say|look for|blame|use|accept [a-z ]{2,30} as"
    r"|write|stop at|end|settle|rely|count(?! *[.,;]| *$)"
    r"|depend|name|call|mean)"
    r"|\bwould (?:not|never|hardly) have (?:prevented|stopped|helped|caught|changed|avoided|made)"
    r"|\bwouldn't have (?:prevented|stopped|helped|caught|changed|avoided)"
    r"|\b(?:does not|doesn't|do not|don't|will not|won't|cannot|can't|did not|didn't) (?:prevent|stop"
    r"|help(?! you)|explain|scale|fix|mend|work|catch|appear|replace|solve)"
    r"|\b(?:explains?|explained|mends?"
    r"|solves?|prevents?|teach(?:es)?|helps?|tells?|changes?) (?:us )?nothing\b"
    r"|\b(?:tempting|easy|wrong|unfair|unhelpful|pointless|useless|convenient)"
    r" to (?:say|blame|conclude|call|think|point|write|put|pin|attribute)\b"
    r"|\b(?:nothing|no evidence|no sign) (?:\w+ ){0,6}(?:suggests?|points? to|shows?|indicates?|implies|of)\b"
    r"|\basking who \w+ (?:\w+ )*(?:would|does|do|will|did) (?:not|never|nothing)\b"
    r"|\b(?:alone|by itself|on its own) (?:does|do|will|would|did|is|are) not\b|\bblameless\b"
    r"|\b(?:was|were|used to be) (?:always )?(?:our|the) (?:only |usual )?(?:answer|remedy|response|fix)"
    r" (?:in|last|for years|until|before)\b"
    r"|\bnot (?:here )?(?:to|about) blam|\bmyth\b|\bhindsight bias\b|\bso-called\b"
    r"|\bno longer (?:rel(?:y|ies)|depends?|needs?|asks?)\b"
)
_REPORTED: Final = (
    r"\b(?:polic(?:y|ies)|runbooks?|guides?|procedures?|pages?|rules?|standards?|documentation"
    r"|manuals?|checklists?"
    r"|handbooks?|banners?|playbooks?|prompts?|regulations?|contracts?|guidelines?|wiki|readme|faq|instructions?"
    r"|sla|template|training material|code of conduct)"
    r" (?:\w+ )?(?:says?|said|states?|stated|requires?|required|reminds?|reminded|tells?|told|asks?|asked|reads?"
    r"|warns?|warned|demands?|calls? for|mandates?|expects?)\b(?! *[.,;]| *$)"
    r"|\baccording to\b|\bas (?:quoted|told|reported)\b"
    r"|\b(?:said|says|felt|feels|recalled|explained|mentioned|commented|complained) (?:that|he|she|they|it|there)\b"
    r"|\b(?:wrote|writes) that (?:he|she|they|it|there|the|this|we|nobody)\b"
    r"|\byou (?:said|felt|told me|wrote|mentioned)\b|\b(?:believed|assumed|thought"
    r"|expected) (?:that )?(?:the|it)\b"
    r"|\bit made sense\b"
)
_MEND: Final = (
    r"\b(?:automat|guard|enforce|refus|block(?:s|ed|ing)? |canary|alert (?:on|when|for)|add(?:ed|ing|s)?"
    r" (?:a|an|the|two|more)? ?(?:\w+ )?(?:alert|test|check|guard|lint|gate|step|limit|validation|canary|lock"
    r"|prompt|confirmation)"
    r"|reject|requires? (?:two|a second|an? )|remov(?:e|ed|ing) (?:the|write|access)|least privilege|rate limit"
    r"|dry.run|roll(?:ed)? out in stages|phased|pre-?flight|merge bot|ci (?:now|will|check)|tool now)"
)
_SPECIFIC: Final = (
    r"\d|#{3,}|\bby (?:\w+ly )?(?:\w+ing|the end of|next|monday|tuesday|wednesday|thursday|friday|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|using)\b|\bowner\b|\bso that it\b"
    r"|\bvia \w+ing\b|\bsuch as\b|\bfor example\b|\be\.g\.|\bspecifically\b|\bnamely\b|\bthrough \w+ing\b"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def is_negated(before: str) -> bool:
    """Tell whether a no stands shortly before, in the same clause. `before` is in small letters."""
    near = _WORD.findall(before[-120:])[-_NEAR:]
    for word in reversed(near):
        if word in {",", ";", ":", "(", ")"}:
            return False
        if word in _NO:
            return True
    return before.rstrip().endswith(("instead of", "rather than", "no need to"))


def is_set_aside(sentence: str, *, may_deny: bool = False) -> bool:
    """Tell whether a sentence rejects what it names, or reports what somebody or a document says.

    With `may_deny` a plain "is not a …" is no rejection: "it is not a big deal" means just what it says.
    """
    patterns = (_REJECTED, _REPORTED) if may_deny else (_DENIED, _REJECTED, _REPORTED)
    return any(_compiled(pattern).search(sentence) is not None for pattern in patterns)


def mends_system(said: str) -> bool:
    """Tell whether a change to the system is named, which makes a word to people an addition to it."""
    return _compiled(_MEND).search(said) is not None


def is_specific(sentence: str) -> bool:
    """Tell whether a sentence says how, how much, where or by when."""
    return _compiled(_SPECIFIC).search(sentence) is not None
