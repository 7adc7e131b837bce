"""A walk as it is kept: what was answered on what evidence, and what a person decided for what reasons."""

import json
from dataclasses import dataclass, fields

from fairlead.core.mistake import Answer, MistakeType, Pressure, RepeatTests, WalkAnswers

REPEAT_TESTS = tuple(test.name for test in fields(RepeatTests))
ANSWERS = tuple(
    question.name for question in fields(WalkAnswers) if question.name not in ("repeat", "pressure")
)


@dataclass(frozen=True, slots=True)
class WalkContent:
    """The answers by question key, the evidence by question key, the decision (None: no type) and its reasons."""

    action: str
    answers: dict[str, str]
    evidence: dict[str, str]
    suggested: int | None
    decision: int | None
    reasons: str

    def as_json(self) -> str:
        """Return the content as text, to be sealed."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "WalkContent":
        """Return the content that was kept as text."""
        return cls(**json.loads(text))

    @property
    def type(self) -> MistakeType | None:
        """The type decided, or None when the walk ended without one."""
        return MistakeType(self.decision) if self.decision else None


def walk_answers(given: dict[str, str]) -> WalkAnswers:
    """Return the answers as the deciding function takes them; what was not answered is None.

    The six tests of a repeat count only when the question about a repeat was answered with yes.
    """
    tests = None
    if given.get("repeat") == "yes":
        tests = RepeatTests(**{name: Answer(given.get(name) or "unknown") for name in REPEAT_TESTS})
    values = {name: Answer(given[name]) if given.get(name) else None for name in ANSWERS}
    pressure = Pressure(given["pressure"]) if given.get("pressure") else None
    return WalkAnswers(**values, repeat=tests, pressure=pressure)
