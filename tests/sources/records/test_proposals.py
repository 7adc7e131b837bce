"""The neutral wording of what was written in the heat."""

import pytest

from fairlead.sources.records.proposals import propose

pytestmark = pytest.mark.django_db


def test_who_said_a_line_is_not_said_any_more(cast):
    said, mentioned = propose(["Jonas Lindqvist: pushed the change", "asked Jonas Lindqvist: what now?"])
    assert said.words == "Pushed the change"
    assert "Lindqvist" not in mentioned.words
    assert not said.is_unchanged


def test_who_is_found_in_one_line_is_found_in_all(cast):
    first, second, third = propose(["Asked Jonas Lindqvist", "Lindqvist rolled back", "All green"])
    assert not first.is_unchanged
    assert "Lindqvist" not in second.words
    assert (third.words, third.is_unchanged) == ("All green", True)
