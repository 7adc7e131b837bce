"""A lesson that cannot be matched or told is named with the place that is wrong, that one alone."""

from dataclasses import replace

import pytest

from fairlead.core.lessons.checking import problems_of
from fairlead.core.lessons.lesson import Lesson, Triggers

GOOD = Lesson(
    "x", "Border", "Two default routes", Triggers(paths=("network/**",), added=("static",)), ("loop",)
)


def test_a_lesson_that_can_be_used_has_no_problem():
    assert problems_of(GOOD) == ()


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 201}),
        ("know", {"know": ""}),
        ("know", {"know": "x" * 2_001}),
        ("triggers", {"triggers": Triggers()}),
        ("triggers", {"triggers": Triggers(services=("shop",), roles=("spine",))}),
        ("paths", {"triggers": Triggers(paths=tuple(map(str, range(21))))}),
        ("symbols", {"triggers": Triggers(symbols=("x" * 201,))}),
        ("safeguards", {"safeguards": ("x" * 201,)}),
        ("added", {"triggers": Triggers(added=("(unclosed",))}),
        ("removed", {"triggers": Triggers(removed=(r"(a)\\1[",))}),
    ],
)
def test_what_is_wrong_is_named_with_its_place(place, changes):
    assert [one.code for one in problems_of(replace(GOOD, **changes))] == [place]
