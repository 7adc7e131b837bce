"""The coach: reads a text paragraph by paragraph and says where its words may do harm.

First a gate tells which patterns may match at all; then each match has to stand in its place: the subject is somebody,
nothing denies or rejects it, it is not somebody else's words. What is left becomes a finding.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from fairlead.core.language import context
from fairlead.core.language.finding import Audience, Finding, Level, Options, Roster
from fairlead.core.language.gate import Stretches, compiled, compiled_by_stranger, only_words, words_of
from fairlead.core.language.identifying import (
    contacts_in,
    given_names_in,
    initials_in,
    may_have_contacts,
    may_have_given_names,
    may_have_initials,
    people_in,
    words_of_names,
)
from fairlead.core.language.ignores import ignores, is_ignored
from fairlead.core.language.index import Rule, RulePattern, packaged
from fairlead.core.language.letters import ascii_letters
from fairlead.core.language.mask import Kind, Masked, Paragraph, Scanner, mask, mask_where
from fairlead.core.language.places import Places
from fairlead.core.language.sentences import is_quoted, sentence_around
from fairlead.core.language.subject import subject_before

_RULE_OF_OWN = "own"
_NOTHING = Options()
_NEAR: Final = 2000  # characters of a paragraph that are read around a place


def lint(
    text: str, audience: Audience = "commons", roster: Roster = (), options: Options = _NOTHING
) -> tuple[Finding, ...]:
    """Return what the coach has to say about `text`, in the order of the text.

    `audience` says who reads it: `commons` is everybody, `private` one person who is spoken to. `roster` are people who
    must not be named in the commons. Raises ValueError for a rule of one's own that RE2 cannot read.
    """
    reading = _Reading(text, audience, roster, options)
    return reading.findings()


class _Found(NamedTuple):
    """A place that a rule speaks of: the words there in small letters, and whether a word follows them."""

    start: int
    end: int
    rule: Rule
    level: Level
    said: str
    may_fix: bool = False


class _Reading:
    """One reading of one text."""

    def __init__(self, text: str, audience: Audience, roster: Roster, options: Options) -> None:
        self.text = text
        self.audience: Audience = audience
        self.roster = roster
        self.options = options
        self.plain = ascii_letters(text)
        self.found: list[_Found] = []

    @cached_property
    def masked(self) -> Masked:
        """The prose of the whole text, which most texts need only in parts."""
        return mask(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that stand for people here; most texts never come to ask who did it."""
        return self.names_of_roster | given_names_in(self.masked.prose)

    @cached_property
    def names_of_roster(self) -> frozenset[str]:
        """The words of the roster's names."""
        return words_of_names(self.roster)

    def findings(self) -> tuple[Finding, ...]:
        self._read_paragraphs()
        if self.audience == "commons":
            self._read_people()
        marks = ignores(self.text)
        kept = [one for one in self._one_of_each_place() if not is_ignored(marks, one.start, one.rule.id)]
        places = Places(self.text)
        findings = [self._finding(one, places) for one in _softened(kept)] + list(self._own(places))
        return tuple(sorted(findings, key=lambda one: (one.start, one.end, one.rule)))

    def _is_on(self, rule: str, audience: tuple[Audience, ...]) -> bool:
        return self.audience in audience and not (self.options.off and rule.startswith(self.options.off))

    def _read_paragraphs(self) -> None:
        """Read what passes the gate: first as it is written, in stretches, then as the prose that it is."""
        _, patterns, gate = packaged()
        scanner, written = Scanner(self.plain), Stretches(self.plain, gate)
        for start, end in scanner.stretches():
            numbers = written.patterns(start, end)
            if numbers == [] and not scanner.leaves_open(start, end):
                continue
            paragraphs = scanner.read(start, end)
            for paragraph in paragraphs:
                prose = scanner.prose(paragraph)
                if numbers is None or len(paragraphs) > 1:
                    passed = gate.patterns(words_of(only_words(prose)))
                else:
                    passed = numbers
                if passed:
                    self._read_paragraph(paragraph, prose, [patterns[number] for number in passed])

    def _read_paragraph(self, paragraph: Paragraph, prose: str, patterns: Iterable[RulePattern]) -> None:
        low = prose.lower()
        as_written, in_small_letters = prose.encode("ascii"), low.encode("ascii")
        for one in patterns:
            if self._is_on(one.rule.id, one.rule.audience):
                part = as_written if one.rule.cased else in_small_letters
                for match in compiled(one.pattern).finditer(part):
                    start, end = _trimmed(part, match.start(), match.end())
                    level = self._judge(one, low, start, end, paragraph.kind)
                    if level is not None:
                        may_fix = bool(one.rule.fixes) and _may_fix(low, start, end)
                        at, to = paragraph.start + start, paragraph.start + end
                        self.found.append(_Found(at, to, one.rule, level, low[start:end], may_fix))

    def _judge(self, one: RulePattern, low: str, start: int, end: int, kind: Kind) -> Level | None:
        """Return the level of a match in its place in a paragraph, or None where it means no harm there."""
        rule, within = one.rule, (0, len(low))
        begin, stop = sentence_around(low, start, end, within)
        sentence = low[begin:stop]
        before = low[begin:start]
        if rule.unless and compiled(rule.unless).search(sentence.encode("ascii")):
            return None
        if not rule.plain and (
            context.is_set_aside(sentence, may_deny=rule.plain_negation) or is_quoted(low, start, end, within)
        ):
            return None
        if not rule.plain_negation and context.is_negated(before):
            return None
        around = low[max(0, start - _NEAR) : end + _NEAR]
        # in a list or a table the whole item may make a remedy specific, elsewhere its sentence
        remedy = around if kind in {"item", "cell"} else sentence
        if rule.not_when == "specific" and context.is_specific(remedy):
            return None
        return self._by_subject(one, before, around)

    def _by_subject(self, one: RulePattern, before: str, around: str) -> Level | None:
        rule = one.rule
        level = rule.levels.get(self.audience, rule.level)
        if one.subject or rule.not_subject:
            # whose given names stand in the text is asked only where one may stand before the verb
            names = self.names if may_have_given_names(before) else self.names_of_roster
            who = subject_before(before, names)
            if (one.subject and who not in one.subject) or who in rule.not_subject:
                return None
            if who in rule.soft:
                level = "suggestion"
        if rule.softer and context.mends_system(around):
            level = "suggestion"
        return level

    def _read_people(self) -> None:
        finders: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
            "roster": lambda readable: people_in(self.text, readable, self.roster),
            "contact": lambda readable: contacts_in(self.text, readable),
            "initials": initials_in,
        }
        may_find = {
            "roster": bool(self.roster),
            "contact": may_have_contacts(self.text),
            "initials": may_have_initials(self.plain),
        }
        for rule in packaged().rules:
            if rule.finder and may_find[rule.finder] and self._is_on(rule.id, rule.audience):
                readable = mask_where(self.plain, "@") if rule.finder == "contact" else self.masked.prose
                for start, end in finders[rule.finder](readable):
                    self.found.append(_Found(start, end, rule, rule.level, readable[start:end].lower()))

    def _one_of_each_place(self) -> list[_Found]:
        """Return one finding for each place and category: the most serious, then the longest."""
        rank = {"error": 0, "warning": 1, "suggestion": 2}
        kept: list[_Found] = []
        reach: dict[str, list[tuple[int, int]]] = {}
        for one in sorted(self.found, key=lambda f: (rank[f.level], f.start - f.end, f.start, f.rule.id)):
            taken = reach.setdefault(one.rule.category, [])
            # those taken lie apart: only the one before can reach in here
            at = bisect_left(taken, (one.end, 0))
            if not at or taken[at - 1][1] <= one.start:
                taken.insert(at, (one.start, one.end))
                kept.append(one)
        return kept

    def _finding(self, one: _Found, places: "Places") -> Finding:
        start, end, rule = one.start, one.end, one.rule
        fix = rule.fixes.get(one.said) if one.may_fix else None
        rewrites = rule.rewrites if fix is None else (fix,)
        return places.finding(
            start, end, rule=rule.id, category=rule.category, level=one.level, message=rule.message, why=rule.why,
            rewrites=_cased(rewrites, self.text[start : start + 1]),
            safe=fix is not None, names_somebody=rule.category == "identifying",
        )  # fmt: skip

    def _own(self, places: "Places") -> Iterator[Finding]:
        """Yield what rules of an organisation find; their patterns see the prose as it is written."""
        for rule in self.options.own:
            pattern = compiled_by_stranger(rule.pattern)
            if self._is_on(rule.id, rule.audience):
                for match in pattern.finditer(self.masked.prose.encode("ascii")):
                    if match.end() > match.start():
                        yield places.finding(
                            match.start(), match.end(), rule=rule.id, category=_RULE_OF_OWN, level=rule.level,
                            message=rule.message, why="", rewrites=(), safe=False, names_somebody=False,
                        )  # fmt: skip


def _may_fix(low: str, start: int, end: int) -> bool:
    """Tell whether a word may be changed unasked: another follows it, and nobody is quoted."""
    return re.match(r" [a-z]", low[end : end + 2]) is not None and not is_quoted(
        low, start, end, (0, len(low))
    )


def _softened(found: list[_Found]) -> Iterator[_Found]:
    """Yield what was found; the same word for a person is a suggestion from the second time on."""
    said: set[tuple[str, str]] = set()
    for one in sorted(found, key=lambda one: one[:2]):
        key = (one.rule.id, one.said)
        yield one._replace(level="suggestion") if one.rule.once and key in said else one
        said.add(key)


def _trimmed(part: bytes, start: int, end: int) -> tuple[int, int]:
    """Return a match without the marks and spaces around it that its pattern had to see."""
    edges = b' .,:;!?-|"'
    while start < end and part[start] in edges:
        start += 1
    while end > start + 1 and part[end - 1] in b' .,:;-|"':
        end -= 1
    return start, end


def _cased(rewrites: tuple[str, ...], first: str) -> tuple[str, ...]:
    """Return rewrites that begin as the text does there, with a capital or without."""
    if not first.islower():
        return tuple(rewrite[:1].upper() + rewrite[1:] for rewrite in rewrites)
    return tuple(
        rewrite if re.match(r"I\b", rewrite) else rewrite[:1].lower() + rewrite[1:] for rewrite in rewrites
    )
