"""Reading a playbook: TOML in, a checked `Playbook` out. What is checked beyond the shape is in `guards.py`."""

import tomllib
from functools import cache
from importlib import resources
from typing import cast

from fairlead.core.playbook.guards import Problem, first_problem
from fairlead.core.playbook.position import nearest_line
from fairlead.core.playbook.schema import Playbook
from fairlead.core.tables import ShapeError, read_table


class PlaybookError(ValueError):
    """A playbook that cannot be used. The message names the place and says what to do.

    `path` is the entry (`walk.questions[3].text`, "" for the file itself), `line` the nearest line of the
    text that was read (from 1) or None.
    """

    def __init__(self, problem: Problem, line: int | None) -> None:
        self.path = problem.path
        self.line = line
        place = problem.path or "The playbook"
        near = "" if line is None else f" (near line {line})"
        super().__init__(f"{place}{near}: {problem.message}")


def read(text: str) -> Playbook:
    """The playbook written in `text` (TOML).

    Raises `PlaybookError` for broken TOML, an unknown or missing key, a wrong type, a duplicate, a
    placeholder that is not allowed, or a guarded part that was dropped.
    """
    try:
        raw = cast("dict[str, object]", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = f"this is not readable as TOML: {error}. Check quotes and brackets there."
        raise PlaybookError(Problem("", message), None) from error
    try:
        playbook = read_table(Playbook, _with_intents_listed(raw))
    except ShapeError as error:
        raise PlaybookError(Problem(error.path, error.message), nearest_line(text, error.path)) from None
    if problem := first_problem(playbook):
        raise PlaybookError(problem, nearest_line(text, problem.path))
    return playbook


@cache
def load_default() -> Playbook:
    """The playbook we ship. Read once for the life of the process."""
    return read(default_text())


def default_text() -> str:
    """The TOML text of the playbook we ship: what an organisation copies and adapts."""
    folder = resources.files("fairlead.core.playbook") / "default"
    parts = sorted(
        (part for part in folder.iterdir() if part.name.endswith(".toml")), key=lambda part: part.name
    )
    return "".join(part.read_text(encoding="utf-8") for part in parts)


def _with_intents_listed(raw: dict[str, object]) -> dict[str, object]:
    """In the file the intents are a table (intent = lines); as values they are a list like all others."""
    intents = raw.get("intents")
    if not isinstance(intents, dict):
        return raw
    listed = [{"key": key, "lines": lines} for key, lines in cast("dict[str, object]", intents).items()]
    return {**raw, "intents": listed}
