"""A lesson as it is written by hand: TOML, kept beside the code or pasted into a page."""

import tomllib
from dataclasses import dataclass, field

from fairlead.core.lessons.checking import problems_of
from fairlead.core.lessons.lesson import Lesson, Triggers
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
    if problems := problems_of(lesson):
        raise LessonError(" ".join(f"{one.code}: {one.words}" for one in problems))
    return lesson
