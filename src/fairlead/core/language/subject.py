"""Who does it: the subject of a verb, told from the words before it. A person, or a thing that has no feelings.

The same "failed to" is blame when an operator stands before it and a plain fact when a load balancer does.
English puts the subject before its verb, so the words are read from the verb to the left: adverbs and helpers are
passed over, then the noun phrase is cut at prepositions and articles, and its head decides.
"""

import re
from typing import Final, Literal

from fairlead.core.language.wordsets import words

Subject = Literal["you", "i", "we", "they", "person", "nobody", "thing", "none"]

_TOKEN: Final = re.compile(
    r"[A-Za-z#^][A-Za-z0-9#^]*(?:[-'/][A-Za-z0-9#^]+)*|[0-9][\w.:%]*|[,;:()|!?\"]|-+|\."
)
_PASSED: Final = words("""
    has have had did do does was were is are be been being would could should will can may might must also simply just
    clearly really again never always even then still once more not really maybe perhaps apparently obviously already
    yet only both all each himself herself themselves yourself again- 's 've 'd ll re d has- too well now often
    repeatedly so kind sort sheer plain consistently who'd didn't hadn't haven't hasn't wasn't weren't couldn't
    wouldn't shouldn't don't doesn't isn't aren't can't won't to shall ought need needs thus therefore hence
    """)
_PRONOUNS: Final[dict[str, Subject]] = {
    "you": "you",
    "u": "you",
    "ya": "you",
    "y'all": "you",
    "i": "i",
    "we": "we",
    "they": "they",
    "he": "person",
    "she": "person",
    "nobody": "nobody",
    "noone": "nobody",
    "none": "nobody",
    "one": "person",
    "he's": "person",
    "she's": "person",
    "they'd": "they",
    "they've": "they",
    "you'd": "you",
    "you've": "you",
    "you're": "you",
    "they're": "they",
    "we've": "we",
    "we'd": "we",
    "we're": "we",
    "i've": "i",
    "i'd": "i",
    "i'm": "i",
    "he'd": "person",
    "she'd": "person",
    "someone's": "person",
    "somebody's": "person",
}
_ROLES: Final = words("""
    engineer operator developer dev admin administrator sysadmin sre dba on-call oncall technician tech intern
    contractor consultant analyst responder reviewer approver manager lead staff team employee user people person
    personnel individual somebody someone anybody anyone everybody everyone whoever colleague teammate coworker
    co-worker maintainer author committer programmer coder architect specialist expert trainee apprentice
    junior senior newcomer hire joiner fresher guy man woman human folk crew shift noc human owner
    supervisor director executive leadership management executives tester qa netops devops secops devsecops sysop
    boss submitter agent-in-charge
    captain commander incumbent vendor supplier helpdesk ops admins sysops webmaster clerk dev-on-call
    rookie newbie novice veteran graduate newbie student electrician subcontractor freelancer
    designer scientist researcher officer representative rep chap lady gentleman bloke fellow kid
    staffer workman serviceman engineer-on-call assignee
    deployer implementer squad tribe guild department requester installer editor publisher lad deputy person-in-charge
    sres dbas devs personel engg engineers men women
    """)
_DEPARTMENTS: Final = words(
    "engineering operations support security infrastructure networking procurement compliance facilities"
    " platform infra marketing sales finance legal"
)
_OF: Final = words(
    "one none some any most many all both few several each member members half lot number neither either"
    " majority couple rest pair group"
)
_PREPOSITIONS: Final = words("""
    of on in at from for with by to during after before under over between within without into about per via through
    against despite until near following across behind upon as than
    """)
_ARTICLES: Final = words(
    "the a an our your his her their its this that these those my some any each every another whichever which"
)
_BOUNDARY: Final = words("""
    , ; : ( ) | ! ? . " - -- --- because when while if since although though but where unless whereas and or so
    that which whether however lest
    """)
_THINGS_OF_PEOPLE: Final = words(
    """
    account accounts api console data facing group groups guide id ids input interface list name names namespace
    namespaces page pages pod pods portal profile profiles request requests role roles script scripts session sessions
    table tables token tokens tool tools traffic
    """
)
_NOT_PEOPLE_BEFORE: Final = words("kubernetes k8s comparison logical arithmetic boolean ternary sql spark")
_AFTER_PEOPLE: Final = words("responsible involved concerned present accountable")
_LONGEST: Final = 24
_SHORT_ADVERB: Final = 4


def subject_before(before: str, names: frozenset[str] = frozenset()) -> Subject:
    """Return whose act a verb tells of, from what stands before it in its sentence.

    `names` are words of names in small letters that count as people.
    """
    tokens = [token.lower() for token in _TOKEN.findall(before[-400:])]
    who = _subject(tokens, names, may_share=True)
    return "thing" if who == "they" and _stands_for_things(tokens, names) else who


def _subject(tokens: list[str], names: frozenset[str], *, may_share: bool) -> Subject:  # noqa: PLR0911
    tokens = _without_helpers(tokens)
    if not tokens:
        return "none"
    last = tokens[-1]
    if last in {"who", "whoever", "whom"}:
        return "person"
    if last in {"that", "which"}:
        if tokens[-2:-1] in (["one"], ["those"], ["ones"]):
            return "thing"
        return _subject(tokens[:-1], names, may_share=False)
    if last in {",", ")", "-", "--"}:
        return _before_aside(tokens, names, may_share=may_share)
    if last in {"and", "or", "but", "then", "&"}:
        return _first(tokens[:-1], names) if may_share else "none"
    if last in _BOUNDARY:
        return "none"
    return _of_phrase(_clause(tokens), names)


def _stands_for_things(tokens: list[str], names: frozenset[str]) -> bool:
    """Tell whether a "they" speaks of things: some are named before it in the sentence, and nobody is."""
    several = [
        token
        for token in tokens
        if token.endswith("s") and len(token) > _SHORT_ADVERB and token not in _PASSED
    ]
    return bool(several) and not any(_is_person(token, names) for token in tokens)


def _without_helpers(tokens: list[str]) -> list[str]:
    end = len(tokens)
    while end and (
        tokens[end - 1] in _PASSED
        or (tokens[end - 1].endswith("ly") and len(tokens[end - 1]) > _SHORT_ADVERB)
    ):
        end -= 1
    return tokens[:end]


def _before_aside(tokens: list[str], names: frozenset[str], *, may_share: bool) -> Subject:
    """Read past "…, under pressure," or "(on call)" to the subject before it."""
    opening = {",": ",", ")": "(", "-": "-", "--": "--"}[tokens[-1]]
    for at in range(len(tokens) - 2, max(-1, len(tokens) - 12), -1):
        if tokens[at] == opening:
            return _subject(tokens[:at], names, may_share=False)
    return _first(tokens[:-1], names) if may_share and tokens[-1] == "," else "none"


def _first(tokens: list[str], names: frozenset[str]) -> Subject:
    """Return the subject of an earlier verb that shares it: "the engineer rushed it and forgot …"."""
    begin = 0
    for at, token in enumerate(tokens):
        if token in {";", ":", ".", "(", "because", "but", "when", "while", "since", "|"}:
            begin = at + 1
    early = tokens[begin : begin + 8]
    for length, token in enumerate(early):
        if token in _PRONOUNS or token in {"who", "whoever"}:
            return _PRONOUNS.get(token, "person")
        if _is_person(token, names):
            following = early[length + 1 : length + 2]
            if not following or not _is_noun_after(following[0]):
                return "person"
    return "thing" if early else "none"


def _is_noun_after(word: str) -> bool:
    return word in _THINGS_OF_PEOPLE


def _clause(tokens: list[str]) -> list[str]:
    begin = len(tokens)
    while begin and tokens[begin - 1] not in _BOUNDARY and len(tokens) - begin < _LONGEST:
        begin -= 1
    return tokens[begin:]


def _of_phrase(clause: list[str], names: frozenset[str]) -> Subject:
    """Return what kind of thing a noun phrase with its prepositions speaks of."""
    if "who" in clause or "whoever" in clause or "whomever" in clause:
        return "person"
    chunks: list[tuple[str, list[str]]] = [("", [])]
    for word in clause:
        if word in _PREPOSITIONS:
            chunks.append((word, []))
        elif (word in _ARTICLES or (word in _PRONOUNS and word != "one")) and chunks[-1][1]:
            chunks.append(("", [word]))
        else:
            chunks[-1][1].append(word)
    bare = [at for at, (preposition, inner) in enumerate(chunks) if not preposition and inner]
    if not bare:
        return _kind(chunks[-1][1], names)
    at = bare[-1]
    phrase = chunks[at][1]
    after = chunks[at + 1] if at + 1 < len(chunks) else ("", list[str]())
    if phrase[-1] in _OF and after[0] == "of":
        return "nobody" if phrase[-1] in {"none", "neither"} else _kind(after[1], names)
    return _kind(phrase, names)


def _kind(phrase: list[str], names: frozenset[str]) -> Subject:  # noqa: PLR0911
    if not phrase:
        return "none"
    head = phrase[-1]
    if head == "one" and len(phrase) > 1:
        return "nobody" if phrase[-2] == "no" else "person"
    if head in _PRONOUNS:
        return _PRONOUNS[head]
    if head in {"call", "duty"} and len(phrase) == 1:
        return "person"  # "the person on call"
    if _is_person(head, names):
        if len(phrase) > 1 and phrase[-2] in _NOT_PEOPLE_BEFORE:
            return "thing"
        if phrase[0] in {"no", "neither"}:
            return "nobody"
        return "person"
    if head in _DEPARTMENTS and len(phrase) == 1:
        return "person"
    return "person" if _follows_people(phrase, names) else "thing"


def _follows_people(phrase: list[str], names: frozenset[str]) -> bool:
    """Tell whether the last word tells more of people before it: "those responsible", "the person deploying"."""
    *before, head = phrase
    if head in _AFTER_PEOPLE and phrase[0] == "those":
        return True
    follows = head in _AFTER_PEOPLE or head.endswith("ing")
    return follows and bool(before) and _is_person(before[-1], names)


def _is_person(word: str, names: frozenset[str]) -> bool:
    return is_role(word) or word in names


def is_role(word: str) -> bool:
    """Tell whether a word in small letters is what somebody at work is called, one or many: also "ex-developers"."""
    role = word if word in _ROLES else word.rpartition("-")[2]
    return role in _ROLES or (role.endswith("s") and role[:-1] in _ROLES)
