"""Who speaks or acts in a line: chat lines, timelines, labels such as "Owner:", and columns of tables.

Here the place in the line says that somebody stands there, so that initials and handles in small letters count too.
"""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.initials import are_initials
from fairlead.core.deidentify.reading import (
    GIVEN,
    PLAIN,
    Vocabulary,
    is_doing,
    is_shaped,
    phrase_words,
)
from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import word_list

_LABELS: Final = phrase_words("labels")
_LAST_WORDS: Final = word_list("last_words_of_labels")
_DOES: Final = phrase_words("phrases_of_people") | word_list("verbs_of_people") | word_list("verbs_of_work")
_PARTICLES: Final = word_list("particles")

_TIME: Final = r"\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_DAY: Final = (
    r"(?:\d{4}-\d{2}-\d{2}[T ,]{1,2}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?[ ,]{1,2}"
    r"|(?:[A-Z][a-z]{2,8},? )?(?:[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?[ ,]{1,2}(?:at )?)"
)
_ZONE: Final = r"(?:\s?(?:Z\b|UTC\b|GMT\b|\(?[A-Z]{2,4}T\b\)?|[+-]\d{2}:?\d{2}\b)){0,2}"
_OPEN: Final = r"^[ \t>|*+•#\[(_~-]{0,10}"
_SHUT: Final = r"[\])*_~|,]{0,5}[ \t]{0,4}(?:[-–—:|·•>][ \t]{0,3}){0,3}[\[*_(]{0,3}"
_STAMP: Final = (
    rf"{_OPEN}{_DAY}?(?:~|ca\.? |around |about |at |At )?{_TIME}{_ZONE}(?:\s?[-–—]\s?{_TIME}{_ZONE})?{_SHUT}"
)
_WORD: Final = r"[^\W_][\w.'’-]{0,30}"
_WHO: Final = rf"@?{_WORD}(?: {_WORD}){{0,3}}"
# "14:32 who: ...", "14:32 <who> ...", "14:32 | who | ...", "14:32 - who - ...", "14:32 (who) ...".
_SPEAKS: Final = re.compile(
    rf"{_STAMP}(?:<[@+~&%]?(?P<angle>{_WORD})>|(?P<colon>{_WHO})[)\]*_]{{0,3}}:(?=[\s*_]|$)"
    rf"|(?P<dash>{_WHO})(?:[)\]*_]{{1,3}}| ?[|>]| [-–—])[ \t])",
    re.MULTILINE,
)
# "14:32 who does ...".
_ACTS: Final = re.compile(
    rf"{_STAMP}(?P<who>{_WORD}(?: [^\W\d_][\w.'’-]{{1,30}})?)[*_\])]{{0,3}} "
    r"(?P<does>[a-z]{2,20})(?: (?P<then>[a-z]{1,20}(?: [a-z]{1,20})?))?\b",
    re.MULTILINE,
)
# "who  2:32 PM", "who [14:32]", "[14:32] who:" without a time before it, "<who> ..." and "* who joined".
_HEADER: Final = re.compile(
    rf"^[ \t>*_]{{0,6}}(?P<who>{_WHO})[*_]{{0,3}}(?:[ \t]{{2,8}}|\t| ?[\[(]|, (?=\d)"
    rf"| ?[—–|-] (?:Today at |Yesterday at )?| (?:Today at "
    rf"|Yesterday at )?(?=\d{{1,2}}:\d{{2}} ?[AaPp][Mm]))(?:{_DAY})?{_TIME}",
    re.MULTILINE,
)
_ANGLE: Final = re.compile(rf"^[ \t>]{{0,4}}<[@+~&%]?(?P<who>{_WORD})> ", re.MULTILINE)
_WROTE: Final = re.compile(
    rf"(?:^|, |> )(?P<who>{_WHO})(?: <[^<>\n]{{1,80}}>)? (?:wrote|said):", re.MULTILINE
)
_PLAIN: Final = re.compile(
    rf"^[ \t>*_~-]{{0,6}}(?P<who>{_WORD})[*_]{{0,2}} ?: (?P<then>\S{{1,20}})", re.MULTILINE
)
_LABELLED: Final = re.compile(
    r"(?:^|[|;] |\. )[ \t>*_#•+|{\"-]{0,8}(?P<label>[A-Za-z][A-Za-z_-]{0,20}(?:[ -][A-Za-z]{1,16}){0,3}(?:\(s\))?)"
    r"[*_\"]{0,3} ?[:=][*_]{0,3}[ \t]{0,4}(?P<value>[^\n|;]{1,160})",
    re.MULTILINE,
)
_ROW: Final = re.compile(r"^[ \t>]{0,4}\|?[^\n|]{0,400}(?:\|[^\n|]{0,2000}){1,20}$", re.MULTILINE)
# A row of values with commas between them, and the row of their names, which has no spaces after its commas.
_LIST: Final = re.compile(r"^[^\n,]{0,400}(?:,(?! )[^\n,]{0,2000}){2,40}$", re.MULTILINE)
_DONE_BY: Final = re.compile(
    r"^[ \t>*-]{0,6}(?:updated|committed|changed|authored|pushed|merged|opened|closed|edited|created"
    r"|deployed|approved) by (?P<who>[a-z][\w.-]{2,30})(?=[ \t]*(?:$|[,.;(]|(?:from|on|at|in)\b))",
    re.MULTILINE | re.IGNORECASE,
)
_IN_CHANNEL: Final = re.compile(
    rf"^[ \t>*-]{{0,6}}(?P<who>{_WORD}) (?:set the (?:topic|channel)|(?:has |was )?(?:joined|left|quit"
    rf"|added to|removed from) (?:the channel|#)"
    r"|pinned a message|renamed the channel|uploaded a file|started a thread|archived the channel"
    r"|commented|assigned this|self-assigned|requested changes|force-pushed|left a comment"
    r"|(?:re-?opened|closed|mentioned) this|approved these)",
    re.MULTILINE,
)
# "Priya (pnair): ...", the second name of somebody who speaks.
_AS_USER: Final = re.compile(r"\bas (?:the )?(?:user|account|login) [`\"]?(?P<who>[a-z][\w.-]{2,30})")
_ALSO: Final = re.compile(r"(?P<name>[^\W\d_][\w'-]{1,30}) \(@?(?P<who>[a-z][\w.-]{2,30})\)[*_]{0,2}:(?=\s)")
# "14:32 restarted by JL" and "14:32 restarted (JL)".
_SIGNED: Final = re.compile(
    rf"{_STAMP}[^\n]{{0,300}}?(?:\bby |\(|[–—-] ?)(?P<who>[A-Z]{{2,3}})\)?[.!]?[ \t|]*$", re.MULTILINE
)
# The last line of a mail or of a note: "-- Priya Nair".
_SIGNATURE: Final = re.compile(rf"^[ \t]{{0,4}}[—–-]{{1,2}} ?(?P<who>{_WHO})[ \t]*$", re.MULTILINE)
_TO_DO: Final = re.compile(r"\b(?:TODO|FIXME|XXX)\((?P<who>[A-Za-z][\w.-]{2,30})\)")
_PARTS: Final = re.compile(r"[ \t]*(?:,|;|/|&|\+|\band\b|<br ?/?>)[ \t]*")
_VALUE: Final = re.compile(
    rf"[@\[*_\"“(]{{0,4}}(?P<who>{_WORD}(?: (?:[^\W_]\."
    rf"|{_WORD})){{0,3}})[\]*_\"”)]{{0,4}}(?P<rest>[ \t]*(?:[(<\[].*|[.!]|[-–—] .*)?)\Z"
)
# How somebody begins to speak in a chat; a label is not followed by it.
_SPEECH: Final = frozenset(
    {
        *("yes", "yeah", "yep", "nope", "sure", "sorry", "thanks", "thx", "hi", "hey", "hmm", "lol", "ack"),
        *("i", "i'm", "i'll", "i've", "i'd", "looking", "checking", "rolling", "restarting", "reverting"),
        *(
            "+1",
            "lgtm",
            "deploying",
            "merging",
            "pushing",
            "reverted",
            "deployed",
            "merged",
            "pushed",
            "done",
        ),
        *(
            "can",
            "could",
            "who",
            "would",
            "wants",
            "thinks",
            "anyone",
            "anybody",
            "wait",
            "just",
            "let",
            "please",
            "we",
            "we're",
        ),
    }
)
_LONGEST_INITIALS: Final = 3
_SHORTEST_HANDLE: Final = 3
_DERIVED: Final = re.compile(r"[a-z]{2,20}(?:[._]|-(?=[a-z]))?[a-z]{0,20}\d{0,4}")


class Lines:
    """Finds who speaks or acts in the lines of one text."""

    __slots__ = ("_text", "_vocabulary")

    def __init__(self, plain: str, vocabulary: Vocabulary) -> None:
        """Take the text in plain letters and what is known of its words."""
        self._text = plain
        self._vocabulary = vocabulary

    def spots(self) -> Iterator[Spot]:
        """Yield a spot for everybody found: `name`, `initials` or `handle`."""
        yield from self._stamped()
        for pattern in (_HEADER, _ANGLE, _WROTE, _IN_CHANNEL, _AS_USER, _DONE_BY, _TO_DO):
            for found in pattern.finditer(self._text):
                yield from self._spot(found.start("who"), found["who"], handles=True, words=True)
        for found in _SIGNATURE.finditer(self._text):
            if self._text.count("\n", found.end()) <= 1:  # what stands in the middle is an item of a list
                yield from self._spot(found.start("who"), found["who"], handles=False)
        for found in _ALSO.finditer(self._text):
            yield from self._spot(found.start("who"), found["who"], handles=True)
            yield from self._spot(found.start("name"), found["name"], handles=False)
        for found in _PLAIN.finditer(self._text):
            if self._is_plain_speaker(found["who"], found["then"]):
                yield Spot(
                    found.start("who"), found.end("who"), "handle" if found["who"].islower() else "name"
                )
        for found in _LABELLED.finditer(self._text):
            label = found["label"].lower().strip("-_ ")
            if label in _LABELS or label.rpartition(" ")[2] in _LAST_WORDS:
                yield from self._value(found.start("value"), found["value"])
        yield from self._columns(_ROW, "|")
        yield from self._columns(_LIST, ",")

    def _stamped(self) -> Iterator[Spot]:
        """Yield who speaks, acts or signs in lines that begin with a time."""
        for found in _SPEAKS.finditer(self._text):
            group = found.lastgroup or ""
            yield from self._spot(found.start(group), found[group], handles=group != "dash")
        for found in _ACTS.finditer(self._text):
            yield from self._acting(found)
        for found in _SIGNED.finditer(self._text):
            if are_initials(found["who"], self._vocabulary):
                yield Spot(found.start("who"), found.end("who"), "initials")

    def _acting(self, found: re.Match[str]) -> Iterator[Spot]:
        who, does = found["who"], [found["does"], *(found["then"] or "").split()]
        first, _, second = who.partition(" ")
        if not is_doing(does, _DOES):
            if not second or not is_doing([second, does[0]], _DOES):
                return
            who = first
        yield from self._spot(found.start("who"), who, handles=False)

    def _is_plain_speaker(self, who: str, then: str) -> bool:
        """Tell whether "who: ..." without a time is somebody speaking.

        Any word can head a line, so only a given name will do, or what could be a name before what only people say;
        speech in a chat begins with a small letter.
        """
        low = who.lower()
        says = then.lower().rstrip(",.!?") in _SPEECH
        return (
            self._vocabulary.is_given(low)
            or self._vocabulary.is_given_with_capital(who)
            or (then[0].islower() and is_shaped(who) and self._vocabulary.may_be_given(low))
            or (says and is_shaped(who) and not self._is_known(who))
            or (says and who == low and self._vocabulary.is_unknown(low))
            or self._vocabulary.is_only_a_name(low)
            or self._vocabulary.is_made_of_names(low)
        )

    def _columns(self, row: re.Pattern[str], mark: str) -> Iterator[Spot]:
        """Yield who stands in the columns of a table whose head says that somebody stands there."""
        columns: list[int] = []
        last = -2
        for found in row.finditer(self._text) if mark in self._text else ():
            cells = _cells(found, mark)
            if found.start() > last + 1:
                columns = [
                    number for number, (_, cell) in enumerate(cells) if cell.strip(" *_\t").lower() in _LABELS
                ]
            else:
                for number in columns:
                    if number < len(cells):
                        yield from self._value(*cells[number])
            last = found.end()

    def _value(self, start: int, value: str) -> Iterator[Spot]:
        """Yield everybody in a list of people such as "Priya Nair, jlindq and M. Okafor (network)"."""
        at = 0
        while at <= len(value):
            end = _PARTS.search(value, at)
            part = value[at : end.start() if end else len(value)]
            inner = part.lstrip()
            found = _VALUE.match(inner.rstrip())
            if found is None:
                return
            yield from self._spot(
                start + at + len(part) - len(inner) + found.start("who"), found["who"], handles=True
            )
            at = end.end() if end else len(value) + 1

    def _spot(self, start: int, written: str, *, handles: bool, words: bool = False) -> Iterator[Spot]:
        """Yield who stands here. `handles` may be in small letters; with `words` an account may be an English word."""
        who = written.lstrip("@").rstrip(".'’-")
        start += len(written) - len(written.lstrip("@"))
        kind = self._kind(who, handles=handles) or ("handle" if words and self._is_called_so(who) else "")
        if kind:
            yield Spot(start, start + len(who), kind)

    def _kind(self, who: str, *, handles: bool) -> str:
        """Return what stands at the place of a speaker: `name`, `initials`, `handle`, or nothing of the kind."""
        words = who.split()
        if len(words) == 1:
            return self._kind_of_one(who, handles=handles)
        first = words[0].lower()
        if all(is_shaped(word) or word in _PARTICLES or len(word.rstrip(".")) == 1 for word in words):
            known = self._vocabulary.may_be_given(first) and is_shaped(words[0])
            if known or not any(self._is_known(word) for word in words):
                return "name"
        return (
            "name"
            if all(word.islower() for word in words[:2]) and self._vocabulary.is_given(first) and handles
            else ""
        )

    def _is_known(self, word: str) -> bool:
        low = word.lower().rstrip(".")
        return (
            len(low) > 1
            and low not in _PARTICLES
            and (self._vocabulary.is_thing(low) or low in self._vocabulary.disproved)
        )

    def _kind_of_one(self, who: str, *, handles: bool) -> str:
        low = who.lower()
        vocabulary = self._vocabulary
        if who.isupper() and len(who.replace(".", "")) <= _LONGEST_INITIALS:
            return "initials" if are_initials(who, vocabulary) else ""
        if (
            vocabulary.is_given(low)
            or vocabulary.is_given_with_capital(who)
            or (vocabulary.may_be_given(low) and is_shaped(who))
        ):
            return "name"
        if is_shaped(who):
            return "" if self._is_known(who) else "name"
        return "handle" if handles and self._is_handle(low) else ""

    def _is_handle(self, low: str) -> bool:
        """Tell whether a word in small letters can be what somebody is called, being no word of the trade."""
        parts = _parts_of_handle(low)
        if not parts:
            return False
        if any(part in GIVEN and not self._vocabulary.is_thing(part) for part in parts):
            return True
        if len(parts) > 1 and parts[0] in GIVEN and parts[-1] not in PLAIN:
            return True
        return not any(
            self._vocabulary.is_only_a_word(part) or self._vocabulary.is_thing(part) for part in parts
        )

    def _is_called_so(self, who: str) -> bool:
        parts = _parts_of_handle(who)
        return bool(parts) and not any(self._vocabulary.is_thing(part) for part in parts)


def _parts_of_handle(written: str) -> list[str]:
    """Return the words of an account in small letters, none when it cannot be one."""
    if len(written) < _SHORTEST_HANDLE or not _DERIVED.fullmatch(written):
        return []
    return [part for part in re.split(r"[._-]|\d+", written) if part]


def _cells(row: re.Match[str], mark: str) -> list[tuple[int, str]]:
    """Return the cells of a row of a table, with the offset of each."""
    cells: list[tuple[int, str]] = []
    at = row.start()
    for cell in row.group().split(mark):
        cells.append((at, cell))
        at += len(cell) + 1
    return cells
