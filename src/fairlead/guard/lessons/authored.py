"""A lesson as it is written by hand: TOML, kept beside the code or pasted into a page."""

import tomllib
from dataclasses import dataclass, field

from fairlead.core.lessons.lesson import (
    LONGEST_TEXT,
    LONGEST_VALUE,
    MOST_VALUES,
    Lesson,
    Triggers,
    missing_of,
)
from fairlead.core.tables import ShapeError, read_table


class LessonError(ValueError):
    """A lesson that cannot be used; the message names the place and says what to do."""


@dataclass(frozen=True, slots=True)
class _Written:
    id: str
    title: str
    know: str
    triggers: Triggers = field(default_factory=Triggers)
    safeguards: tuple[str, ...] = ()
    mechanism: str = ""
    shadow: bool = False


def read_lesson(text: str) -> Lesson:
    """Return the lesson written in `text` (TOML: id, title, know, [triggers], and more if you like).

    Raises LessonError for broken TOML, an unknown key, a wrong type, or something that is missing or too long.
    """
    try:
        written = read_table(_Written, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"this is not readable as TOML: {error}.") from None
    except ShapeError as error:
        raise LessonError(f"{error.path or 'the lesson'}: {error.message}") from None
    lesson = Lesson(
        written.id,
        written.title,
        written.know,
        written.triggers,
        written.safeguards,
        written.mechanism,
        written.shadow,
    )
    if missing := missing_of(lesson):
        raise LessonError(" ".join(f"{one.code}: {one.words}" for one in missing))
    for kind, values in lesson.triggers.given():
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            raise LessonError(
                f"triggers.{kind}: at most {MOST_VALUES} values of at most {LONGEST_VALUE} characters each."
            )
    if len(lesson.know) > LONGEST_TEXT:
        raise LessonError(f"know: at most {LONGEST_TEXT:,} characters; the rest belongs into the review.")
    return lesson
