"""Is a lesson written so that it can be matched and told? Each thing that is wrong is named with its place."""

from typing import Final

from fairlead.core.lessons.lesson import Lesson
from fairlead.core.lessons.match import TriggerError, compiled
from fairlead.core.refusal import Missing

MOST_VALUES: Final = 20  # of one kind; a longer list is a lesson that has not decided what it is about
LONGEST_VALUE: Final = 200  # characters
LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 2_000

_TOO_WIDE: Final = frozenset(
    {"services", "roles"}
)  # alone they would be said of everything that is done there


def problems_of(lesson: Lesson) -> tuple[Missing, ...]:
    """Return what is wrong with a lesson, by the place it is wrong at; empty when it can be used."""
    found: list[Missing] = []
    if not lesson.title.strip():
        found.append(Missing("title", "One line that a colleague in a hurry reads."))
    if len(lesson.title) > LONGEST_TITLE:
        found.append(Missing("title", f"At most {LONGEST_TITLE} characters."))
    if not lesson.know.strip():
        found.append(Missing("know", "What there is to know when changing this."))
    if len(lesson.know) > LONGEST_TEXT:
        found.append(
            Missing("know", f"At most {LONGEST_TEXT:,} characters; the rest belongs into the review.")
        )
    given = lesson.triggers.given()
    if not any(kind not in _TOO_WIDE for kind, _ in given):
        found.append(
            Missing(
                "triggers",
                "A path, a section, a pattern or a name in the change; a service alone is too wide.",
            )
        )
    for kind, values in (*given, ("safeguards", lesson.safeguards)):
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            found.append(
                Missing(kind, f"At most {MOST_VALUES} values of at most {LONGEST_VALUE} characters each.")
            )
    for kind in ("added", "removed"):
        found += _unreadable(kind, getattr(lesson.triggers, kind))
    return tuple(found)


def _unreadable(kind: str, patterns: tuple[str, ...]) -> list[Missing]:
    found: list[Missing] = []
    for pattern in patterns:
        try:
            compiled(pattern)
        except TriggerError as error:
            found.append(Missing(kind, str(error)))
    return found
