"""What the parts of an incident say in its review, as Markdown. People's words in it are never read as markup."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.review.facts import Answer, Facts, ImprovementFacts, QuestionFacts
from fairlead.core.review.plain import inline, link, paragraphs
from fairlead.core.review.template import Source
from fairlead.core.wording import duration_words


def part(source: Source, facts: Facts) -> str:
    """Return what a part of the incident says, or an empty text when nothing is known of it."""
    making = _PARTS.get(source)
    return "" if making is None else _joined(making(facts))


def day_words(day: date) -> str:
    """Return a day as it is said."""
    return f"{day.day} {day:%B} {day.year}"


def _summary(facts: Facts) -> Iterator[str]:
    yield paragraphs(facts.customer_saw)
    yield _when(facts)
    yield _sentence("It came about through", facts.how)
    yield paragraphs(facts.what_happened)
    known = (("Severity", facts.severity), ("Services", facts.services), ("Regions", facts.regions))
    yield _list(f"**{term}:** {inline(words)}" for term, words in known if words.strip())


def _when(facts: Facts) -> str:
    if facts.started is None:
        return ""
    began = _local(facts, facts.started)
    said = f"It began on {began:%A}, {day_words(began)}, at {began:%H:%M} ({inline(facts.zone)})"
    ended = facts.resolved or facts.mitigated
    if ended is None:
        return f"{said}."
    return f"{said} and was over after {_span(facts.started, ended)}."


def _impact(facts: Facts) -> Iterator[str]:
    if facts.impact is None:
        return
    yield _sentence("It most likely cost", facts.impact.spoken)
    yield _list(f"**{term}:** {inline(words)}" for term, words in facts.impact.without_number)
    if facts.impact.assumptions:
        yield "What this rests on:"
        yield _list(inline(one) for one in facts.impact.assumptions)


def _timeline(facts: Facts) -> Iterator[str]:
    rows: list[tuple[str, str]] = []
    several = len({_local(facts, entry.at).date() for entry in facts.entries}) > 1
    for entry in facts.entries:
        at = _local(facts, entry.at)
        rows.append((f"{at.day} {at:%b}, {at:%H:%M}" if several else f"{at:%H:%M}", inline(entry.words)))
    if rows:
        yield _table(("Time", "What happened"), rows)
        yield f"Times are those of {inline(facts.zone)}."
    spans = (
        ("to detect", facts.detected),
        ("to mitigate", facts.mitigated),
        ("to resolve", facts.resolved),
    )
    started = facts.started
    if started is not None:
        told = [f"{_span(started, end)} {words}" for words, end in spans if end is not None]
        yield _sentence("From the start it took", ", ".join(told))


def _factors(facts: Facts) -> Iterator[str]:
    found = [question for question in facts.questions if question.answer is Answer.YES]
    yield _list(_factor_lines(found))
    unknown = [question for question in facts.questions if question.answer is Answer.UNKNOWN]
    if unknown:
        yield "Not known yet:"
        yield _list(
            f"**{inline(one.title)}:** {inline(one.owner)} finds it out"
            + (f" by {day_words(one.due_on)}" if one.due_on else "")
            for one in unknown
        )
    no = [question for question in facts.questions if question.answer is Answer.NO]
    if no:
        yield "Looked at, and no part of it:"
        yield _list(f"**{inline(one.title)}:** {inline(one.reason)}" for one in no)


def _factor_lines(questions: Iterable[QuestionFacts]) -> Iterator[str]:
    for question in questions:
        for factor in question.factors:
            words = f": {inline(factor.words)}" if factor.words.strip() else ""
            owner = f" *({inline(factor.owner)} sees to it)*" if factor.owner.strip() else ""
            yield f"**{inline(question.title)}, {inline(factor.label)}**{words}{owner}"


def _improvements(facts: Facts) -> Iterator[str]:
    yield _list(map(_improvement, facts.improvements))
    if facts.decision is not None:
        yield (
            f"{inline(facts.decision.owner)} decides on a stronger improvement by {day_words(facts.decision.due_on)}."
        )


def _improvement(one: ImprovementFacts) -> str:
    told = [inline(one.strength), f"{inline(one.owner)} by {day_words(one.due_on)}"]
    if one.answers:
        told.append(f"answers: {inline(', '.join(one.answers))}")
    if one.state:
        told.append(inline(one.state))
    tracked = f" {link('In the tracker', one.tracker_link)}" if one.tracker_link else ""
    return f"**{inline(one.words)}** *({'; '.join(told)})*{tracked}"


_PARTS: Final[dict[Source, Callable[[Facts], Iterator[str]]]] = {
    Source.SUMMARY: _summary,
    Source.IMPACT: _impact,
    Source.TIMELINE: _timeline,
    Source.FACTORS: _factors,
    Source.IMPROVEMENTS: _improvements,
}


def _local(facts: Facts, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(facts.zone))


def _span(start: datetime, end: datetime) -> str:
    return duration_words(round((end - start).total_seconds() / 60))


def _sentence(before: str, words: str) -> str:
    words = words.strip().rstrip(".")
    return f"{before} {inline(words)}." if words else ""


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines])


def _joined(pieces: Iterable[str]) -> str:
    return "\n\n".join(piece for piece in pieces if piece.strip())
