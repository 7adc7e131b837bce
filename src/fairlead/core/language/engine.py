"""The coach: reads a text paragraph by paragraph and says where its words may do harm.

First a gate tells which patterns may match at all; then each match has to stand in its place: the subject is somebody,
nothing denies or rejects it, it is not somebody else's words. What is left becomes a finding.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import Final

from fairlead.core.language import context
from fairlead.core.language.finding import Audience, Finding, Level, Options, Roster
from fairlead.core.language.gate import Gate, compiled, compiled_by_stranger
from fairlead.core.language.identifying import (
    contacts_in,
    given_names_in,
    initials_in,
    people_in,
    words_of_names,
)
from fairlead.core.language.ignores import ignores, is_ignored
from fairlead.core.language.index import Rule, RulePattern, packaged
from fairlead.core.language.mask import Masked, Paragraph, mask
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


@cache
def _gate(audience: Audience) -> tuple[Gate, tuple[RulePattern, ...]]:
    """Return the patterns for an audience, and the gate before them."""
    patterns = tuple(one for one in packaged().patterns if audience in one.rule.audience)
    return Gate([one.needed for one in patterns]), patterns


class _Reading:
    """One reading of one text."""

    def __init__(self, text: str, audience: Audience, roster: Roster, options: Options) -> None:
        self.text = text
        self.audience: Audience = audience
        self.roster = roster
        self.options = options
        self.masked: Masked = mask(text)
        self.low = self.masked.prose.lower()
        self.found: list[tuple[int, int, Rule, Level]] = []

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that stand for people here; most texts never come to ask who did it."""
        return words_of_names(self.roster) | given_names_in(self.masked.prose)

    def findings(self) -> tuple[Finding, ...]:
        self._read_paragraphs()
        if self.audience == "commons":
            self._read_people()
        marks = ignores(self.text)
        kept = [one for one in self._one_of_each_place() if not is_ignored(marks, one[0], one[2].id)]
        places = Places(self.text)
        findings = [self._finding(one, places) for one in self._softened(kept)] + list(self._own(places))
        return tuple(sorted(findings, key=lambda one: (one.start, one.end, one.rule)))

    def _is_on(self, rule: str, audience: tuple[Audience, ...]) -> bool:
        return self.audience in audience and not (self.options.off and rule.startswith(self.options.off))

    def _read_paragraphs(self) -> None:
        gate, patterns = _gate(self.audience)
        low, cased = self.low.encode("ascii"), self.masked.prose.encode("ascii")
        candidates = gate.reader(low)
        for paragraph in self.masked.paragraphs:
            part = low[paragraph.start : paragraph.end]
            for number in candidates(part):
                one = patterns[number]
                if self._is_on(one.rule.id, one.rule.audience):
                    read = cased[paragraph.start : paragraph.end] if one.rule.cased else part
                    self._try(one, read, paragraph)

    def _try(self, one: RulePattern, part: bytes, paragraph: Paragraph) -> None:
        for match in compiled(one.pattern).finditer(part):
            start, end = _trimmed(part, match.start(), match.end())
            level = self._judge(one, paragraph.start + start, paragraph.start + end, paragraph)
            if level is not None:
                self.found.append((paragraph.start + start, paragraph.start + end, one.rule, level))

    def _judge(self, one: RulePattern, start: int, end: int, paragraph: Paragraph) -> Level | None:
        """Return the level of a match in its place, or None where it means no harm there."""
        rule, within = one.rule, (paragraph.start, paragraph.end)
        begin, stop = sentence_around(self.low, start, end, within)
        sentence = self.low[begin:stop]
        before = self.low[begin:start]
        if rule.unless and compiled(rule.unless).search(sentence.encode("ascii")):
            return None
        if not rule.plain and (context.is_set_aside(sentence) or is_quoted(self.low, start, end, within)):
            return None
        if not rule.plain_negation and context.is_negated(before):
            return None
        around = self.low[max(within[0], start - _NEAR) : min(within[1], end + _NEAR)]
        # in a list or a table the whole item may make a remedy specific, elsewhere its sentence
        remedy = around if paragraph.kind in {"item", "cell"} else sentence
        if rule.not_when == "specific" and context.is_specific(remedy):
            return None
        return self._by_subject(one, before, around)

    def _by_subject(self, one: RulePattern, before: str, around: str) -> Level | None:
        rule = one.rule
        level = rule.levels.get(self.audience, rule.level)
        if one.subject or rule.not_subject:
            who = subject_before(before, self.names)
            if (one.subject and who not in one.subject) or who in rule.not_subject:
                return None
            if who in rule.soft:
                level = "suggestion"
        if rule.softer and context.mends_system(around):
            level = "suggestion"
        return level

    def _read_people(self) -> None:
        prose = self.masked.prose
        finders: dict[str, Callable[[], Iterator[tuple[int, int]]]] = {
            "roster": lambda: people_in(self.text, prose, self.roster) if self.roster else iter(()),
            "contact": lambda: contacts_in(self.text, prose),
            "initials": lambda: initials_in(prose),
        }
        for rule in packaged().rules:
            if rule.finder and self._is_on(rule.id, rule.audience):
                for start, end in finders[rule.finder]():
                    self.found.append((start, end, rule, rule.level))

    def _one_of_each_place(self) -> list[tuple[int, int, Rule, Level]]:
        """Return one finding for each place and category: the most serious, then the longest."""
        rank = {"error": 0, "warning": 1, "suggestion": 2}
        kept: list[tuple[int, int, Rule, Level]] = []
        reach: dict[str, list[tuple[int, int]]] = {}
        for one in sorted(self.found, key=lambda f: (rank[f[3]], f[0] - f[1], f[0], f[2].id)):
            taken = reach.setdefault(one[2].category, [])
            at = bisect_left(
                taken, (one[1], 0)
            )  # those taken lie apart: only the one before can reach in here
            if not at or taken[at - 1][1] <= one[0]:
                taken.insert(at, (one[0], one[1]))
                kept.append(one)
        return kept

    def _softened(self, found: list[tuple[int, int, Rule, Level]]) -> Iterator[tuple[int, int, Rule, Level]]:
        """Yield the findings; the same word for a person is a suggestion from the second time on."""
        said: set[tuple[str, str]] = set()
        again: Level = "suggestion"
        for start, end, rule, level in sorted(found, key=lambda one: one[:2]):
            key = (rule.id, self.low[start:end])
            yield start, end, rule, again if rule.once and key in said else level
            said.add(key)

    def _finding(self, one: tuple[int, int, Rule, Level], places: "Places") -> Finding:
        start, end, rule, level = one
        fix = rule.fixes.get(self.low[start:end])
        if fix is not None and not re.match(r" [a-z]", self.low[end : end + 2]):
            fix = None
        rewrites = rule.rewrites if fix is None else (fix,)
        return places.finding(
            start, end, rule=rule.id, category=rule.category, level=level, message=rule.message, why=rule.why,
            rewrites=_cased(rewrites, self.text[start : start + 1]),
            safe=fix is not None, names_somebody=rule.category == "identifying",
        )  # fmt: skip

    def _own(self, places: "Places") -> Iterator[Finding]:
        """Yield what rules of an organisation find; their patterns see the prose as it is written."""
        prose = self.masked.prose.encode("ascii")
        for rule in self.options.own:
            pattern = compiled_by_stranger(rule.pattern)
            if self._is_on(rule.id, rule.audience):
                for match in pattern.finditer(prose):
                    if match.end() > match.start():
                        yield places.finding(
                            match.start(), match.end(), rule=rule.id, category=_RULE_OF_OWN, level=rule.level,
                            message=rule.message, why="", rewrites=(), safe=False, names_somebody=False,
                        )  # fmt: skip


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
