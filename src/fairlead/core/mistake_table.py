"""The walk written out as a table, worked out from the function itself, so that the page cannot disagree
with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Final

from fairlead.core.mistake import (
    Answer,
    MistakeType,
    Pressure,
    RepeatTests,
    Suggestion,
    WalkAnswers,
    standing_type,
    suggest,
    unanswered,
)

ALL_MET: Final = RepeatTests(*(Answer.YES for _ in fields(RepeatTests)))
_HEADINGS: Final = (
    ("concern", "0 concern"),
    ("harm_intended", "1 harm intended"),
    ("health", "2 health"),
    ("process_known", "3a known"),
    ("process_workable", "3b workable"),
    ("chosen", "3c chosen"),
    ("peers_same", "4 peers same"),
    ("red_line", "5 red line"),
    ("risk_set_aside", "6 risk set aside"),
    ("repeat", "7 repeat"),
    ("pressure", "8 pressure"),
)
_EXIT_WORDS: Final = {
    "systemic_only": "no type: systemic only",
    "leave_tool": "leaves this tool",
    "health_route": "no type: health route",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the answers by question ("yes", "no or not known", "any"), and the suggestion they lead to."""

    answers: tuple[tuple[str, str], ...]
    suggestion: Suggestion


def full_table() -> tuple[Row, ...]:
    """Return every path of the walk, answers with the same outcome drawn together, in the order of the
    questions.
    """
    return tuple(_paths(WalkAnswers(), ()))


def page() -> str:
    """Return the page `docs/mistake-types.md` in Markdown."""
    names = [heading for _, heading in _HEADINGS]
    lines = [
        "# Kinds of mistake: the full table",
        "",
        "A person answers and a person decides; the walk suggests, and says why. What the incident cost is",
        "not part of it. Not known is read as the answer that leads to the milder outcome. This page is",
        "written from the function `fairlead.core.mistake.suggest`; a test keeps it current.",
        "",
        _cells([*names, "base", "suggested type", "second rater"]),
        _cells(["---"] * (len(names) + 3)),
    ]
    for row in full_table():
        given = dict(row.answers)
        answers = [given.get(question, "·") for question, _ in _HEADINGS]
        lines.append(_cells([*answers, *_outcome(row.suggestion)]))
    lines += [
        "",
        "A dot means that the question is not asked on this path, or cannot change the type any more. An",
        "honest mistake that meets all six tests of a repeat stays honest and asks about training,",
        "supervision, fit and load.",
        "",
        "## Two raters",
        "",
        "Types 3 and 4 need a second, independent rater. Until they have answered, and where the two",
        "differ, the lower type stands.",
        "",
        _cells(["first rater", "second: not yet", *(f"second: {kind.name.lower()}" for kind in MistakeType)]),
        _cells(["---"] * (len(MistakeType) + 2)),
    ]
    for first in MistakeType:
        stands = [standing_type(first, second).name.lower() for second in (None, *MistakeType)]
        lines.append(_cells([first.name.lower(), *stands]))
    return "\n".join(lines) + "\n"


def _paths(answers: WalkAnswers, said: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    """Follow the walk question by question. Not known goes with the answer it is read as."""
    still_open = unanswered(answers)
    if still_open and still_open[0] != "pressure":
        question = still_open[0]
        for words, answer in _choices(question):
            yield from _paths(replace(answers, **{question: answer}), (*said, (question, words)))
        return
    if not still_open and suggest(answers).exit is not None:
        yield Row(said, suggest(answers))
        return
    yield from _look_back_and_pressure(answers, said, pressure_asked=bool(still_open))


def _look_back_and_pressure(
    answers: WalkAnswers, said: tuple[tuple[str, str], ...], *, pressure_asked: bool
) -> Iterator[Row]:
    looks_back = (("none, or a test missed", None), ("all six met", ALL_MET))
    pressures = (
        (("absent or present", Pressure.PRESENT), ("decisive or not known", Pressure.DECISIVE))
        if pressure_asked
        else (("·", None),)
    )
    for (repeat_words, repeat), (pressure_words, pressure) in product(looks_back, pressures):
        full = replace(answers, repeat=repeat, pressure=pressure)
        yield Row((*said, ("repeat", repeat_words), ("pressure", pressure_words)), suggest(full))


def _choices(question: str) -> tuple[tuple[str, Answer], tuple[str, Answer]]:
    if question in ("health", "peers_same"):
        return ("yes or not known", Answer.YES), ("no", Answer.NO)
    return ("no or not known", Answer.NO), ("yes", Answer.YES)


def _outcome(suggestion: Suggestion) -> tuple[str, str, str]:
    if suggestion.type is None or suggestion.base is None:
        return "·", _EXIT_WORDS[str(suggestion.exit)], "·"
    name = f"{suggestion.type.value} {suggestion.type.name.lower()}"
    if suggestion.asks_about_support:
        name += ", asks about support"
    return suggestion.base.name.lower(), name, "yes" if suggestion.needs_second_rater else "no"


def _cells(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
