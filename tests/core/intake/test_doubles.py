"""A second text about the same incident adds what is new, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.core.intake.doubles import KnownLines
from fairlead.core.intake.written import Line

AT = datetime(2026, 11, 20, 14, 27, 5, tzinfo=UTC)
KNOWN = KnownLines([Line(AT, "Route change: deployed to production")])


@pytest.mark.parametrize(
    "words",
    [
        "Route change: deployed to production",
        "  route change deployed   to PRODUCTION.",
        "*Route* change — deployed to production",
    ],
)
def test_signs_spaces_and_capitals_make_no_new_line(words):
    assert KNOWN.has(Line(AT.replace(second=0), words))


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(seconds=60), "Route change: deployed to production"),
        (-timedelta(seconds=60), "Route change: deployed to production"),
        (timedelta(), "Route change: deployed to production in one region"),
        (timedelta(), "Change deployed"),
    ],
)
def test_another_minute_or_other_words_are_new(later, words):
    assert not KNOWN.has(Line(AT + later, words))


def test_where_nothing_is_known_everything_is_new():
    assert not KnownLines().has(Line(AT, "Route change"))
