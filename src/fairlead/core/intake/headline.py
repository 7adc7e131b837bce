"""The title of a text, and the sentence in it that says what customers saw."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.core.intake.clauses import capital, clauses
from fairlead.core.intake.dates import find_dates
from fairlead.core.intake.lines import Beginning, heading_level, read_line
from fairlead.core.intake.timeline import lines_of
from fairlead.core.intake.values import Found, Span
from fairlead.core.intake.zones import says_only_a_zone

LONGEST_TITLE: Final = 100
LONGEST_CLAUSE: Final = 80  # a title out of a sentence; headings may be longer
LONGEST_SENTENCE: Final = 240
_FIRST_LINES: Final = 40
_FRONT_TITLE: Final = re.compile(
    r"\Atitle\s{0,3}[:=]\s{0,3}[\"']?(?P<title>[^\n]{3,200}?)[\"']?\s*\Z", re.IGNORECASE
)
_SUBJECT: Final = re.compile(
    r"\ASubject:\s{0,3}(?:(?:re|fwd?|aw|wg):\s{0,3}){0,3}(?P<title>\S[^\n]{1,200})\Z", re.IGNORECASE
)
_GENERIC: Final = re.compile(
    r"\b(?:post-?\s?mortems?|incidents?|outages?|reports?|reviews?|summary|overview|timeline"
    r"|analysis|rca|root cause"
    r"|impact|background|introduction|issue|name|title|contents|of|for|the|on|a|an|what|happened|template)\b",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(
    r"\A(?:(?:post-?\s?mortem|incident(?:\s(?:report|review))?|outage report|rca|pm\d{4}-\d{3}|inc-?\d{1,6})"
    r"\s{0,2}(?:[:–—-]|for|of)\s{0,2})+",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\A.{0,40}\b(?:post-?\s?mortem|incident report)\s?:\s?(?=\S)", re.IGNORECASE)
_LINK: Final = re.compile(
    r"!?\[(?P<words>[^\]\n]{0,200})\](?:\([^)\s]{0,500}(?:\s[^)\n]{0,80})?\)|\[[^\]\n]{0,80}\])"
)
_MARKS: Final = re.compile(r"[*`]|(?<!\w)_{1,2}|_{1,2}(?!\w)|<[^>\n]{0,200}>|\[\^[^\]\n]{1,40}\]")
_BRACKETS: Final = re.compile(r"\[(?P<words>[^\]\n]{1,80})\]")
_BREAK: Final = re.compile(r"[.!?](?=\s|\Z)|\n\s*\n|\n(?=[-*#|>])")
_ABBREVIATED: Final = re.compile(
    r"\b(?:e\.g|i\.e|approx|ca|vs|etc|incl|inc|no|mr|ms|dr|st|[ap]\.m|\d{1,2})\Z", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"\A(?:user |customer )?(?:impact|summary|description)\s{0,2}:\s{0,3}", re.IGNORECASE
)
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_DANGLING: Final = re.compile(
    r"(?:\A|\s{1,2})(?:for|on|of|at|from|in)\s{0,2}\Z", re.IGNORECASE
)  # "Outage on <day>"
_EMPTY: Final = re.compile(r"\(\s?\)|\[\s?\]")
_SOMEBODY: Final = re.compile(
    r"\A(?:I|he|she|somebody|someone|(?:our|my|the|a|an) (?:\w+ )?(?:junior|senior|engineer"
    r"|developer|operator|admin\w*|intern|trainee"
    r"|colleague|contractor|guy|girl))\b",
    re.IGNORECASE,
)
_SCAN: Final = 65_536


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its level, its words, where it stands and where what follows begins."""

    level: int
    words: str
    span: Span


def headings(text: str) -> Iterator[Heading]:
    """Yield the Markdown headings of the text, leaving out what stands between code fences."""
    fenced = False
    for offset, line in lines_of(text):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        level = 0 if fenced else heading_level(line)
        if level and len(line) < LONGEST_SENTENCE:
            yield Heading(level, plain(line.lstrip(" \t>#").rstrip("# ")), Span(offset, offset + len(line)))


def plain(text: str) -> str:
    """Return text without Markdown's marks and links, in one line."""
    return " ".join(
        _BRACKETS.sub(r"\g<words>", _MARKS.sub("", _LINK.sub(lambda found: found["words"], text))).split()
    )


def title_of(text: str) -> Found[str] | None:
    """Return a title for the text, with where it was found, or None when there are no words in it."""
    head = text[:_SCAN]
    for number, (offset, line) in enumerate(lines_of(head)):
        if number >= _FIRST_LINES:
            break
        for pattern, why in (
            (_FRONT_TITLE, "the title in the text's header"),
            (_SUBJECT, "the subject of the mail"),
        ):
            found = pattern.match(line.strip())
            if found is not None and (words := tidy_title(found["title"])):
                return Found(words, Span(offset, offset + len(line)), why)
    first = next(headings(head), None)
    top = [heading for heading in headings(head) if heading.level == 1 or heading == first]
    for heading in top:
        words = tidy_title(heading.words)
        if words and _LETTERS.search(_GENERIC.sub(" ", words)):
            return Found(words, heading.span, "the first heading that says something")
    sentence = first_sentence(head, 0)
    if sentence is None:
        return None
    told = clauses(sentence.value)
    if told:
        return Found(
            _cut(_least_personal(told), LONGEST_CLAUSE),
            sentence.span,
            "the first clause of the first sentence",
        )
    words = tidy_title(sentence.value)
    return Found(capital(words), sentence.span, "the first sentence") if words else None


def _least_personal(told: Sequence[str]) -> str:
    """Return the first clause that speaks of no person, else the first: a title names nobody."""
    return next((one for one in told if not _SOMEBODY.search(one)), told[0])


def tidy_title(words: str) -> str:
    """Return a title without the day, the clock time, and "Post-mortem:" before it, cut at a word."""
    kept = plain(words)
    while (spot := next(find_dates(kept), None)) is not None:
        kept = _DANGLING.sub("", kept[: spot.start]) + " " + kept[spot.end :]
    read = read_line(kept)
    if isinstance(read, Beginning):
        kept = kept[read.rest :]
    kept = _AFTER.sub("", kept)
    kept = _PREFIX.sub("", " ".join(kept.split()).strip(" -–—:,.;|"))
    kept = _EMPTY.sub("", kept).strip(" -–—:,.;|")
    return _cut(kept, LONGEST_TITLE)


def first_sentence(text: str, start: int, end: int | None = None) -> Found[str] | None:
    """Return the first sentence of prose in `text[start:end]`: no heading, table, picture or code."""
    stop = len(text) if end is None else end
    fenced = front = False
    for begin, line in lines_of(text[:stop]):
        stripped = line.strip()
        if begin == 0 and stripped in {"---", "+++"}:
            front = True
            continue
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        if front:
            front = stripped not in {"---", "+++"}
            continue
        read = read_line(line)
        skipped = (
            read.rest if isinstance(read, Beginning) else 0
        )  # the time, and the name before it in a chat
        offset = max(begin + skipped, start)  # a sentence may begin in the middle of a line
        rest = text[offset : begin + len(line)].strip()
        if fenced or not rest or not _is_prose(rest) or says_only_a_zone(rest[:LONGEST_SENTENCE]):
            continue
        stretch = text[offset : min(stop, offset + 4 * LONGEST_SENTENCE)]
        cut = _sentence_end(_until_next_time(stretch))
        words = _LABEL.sub("", plain(stretch[:cut].strip().lstrip("-*+•> ")))
        if words:
            return Found(_cut(words.rstrip(".!? "), LONGEST_SENTENCE), Span(offset, offset + cut), "")
    return None


def _is_prose(stripped: str) -> bool:
    marked = stripped[0] in "#|<![`~=-*_" and not _is_item(stripped)
    return not marked and _LETTERS.search(stripped) is not None and not stripped.endswith(":")


def _until_next_time(stretch: str) -> str:
    """Return the text up to the next line that begins with a time: in a chat log that is another message."""
    for offset, line in lines_of(stretch):
        if offset and isinstance(read_line(line), Beginning):
            return stretch[:offset]
    return stretch


def _is_item(stripped: str) -> bool:
    return stripped[:2] in {"- ", "* "} or (
        stripped[0] in "[*_`" and _LETTERS.search(stripped[:40]) is not None
    )


def _sentence_end(stretch: str) -> int:
    for found in _BREAK.finditer(stretch):
        if found.start() > 0 and not (
            found[0] == "." and _ABBREVIATED.search(stretch, max(0, found.start() - 8), found.start())
        ):
            return found.start()
    return len(stretch)


def _cut(words: str, longest: int) -> str:
    """Return words cut at a gap, with an ellipsis, when they are too long."""
    if len(words) <= longest:
        return words
    shorter = words[:longest]
    gap = shorter.rfind(" ")
    return shorter[: gap if gap > longest // 2 else longest].rstrip(" ,;:-–—") + "…"
