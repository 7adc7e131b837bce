"""How much is found in texts whose author groups and people took no part in the making of the rules.

The table is printed by `pytest -s`. The goals are 99.5% of direct and 95% of quasi-identifiers. People of the roster
are found; of people on no roster, a part is found for certain, and more is shown as doubtful. The bounds below are what
is reached today, so that a change for the worse shows.
"""

import pytest

from tests.core.deidentify.evaluation.measure import Counts, measure, table


@pytest.fixture(scope="module", params=[pytest.param("development", marks=pytest.mark.slow), "test"])
def split(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def counts(split) -> Counts:
    counted = measure(split)
    print("\n" + table(split, counted))  # noqa: T201 the table is what this test is for
    return counted


def test_quasi_identifiers_are_found(counts):
    assert counts.share_found("quasi") >= 0.95


def test_people_of_the_roster_are_found(counts):
    assert counts.share_of_members("found") >= 0.99


def test_people_on_no_roster_are_found_as_far_as_today(counts, split):
    reached = {"development": 0.98, "test": 0.89}
    assert counts.share_of_strangers("found") >= reached[split]


def test_people_on_no_roster_are_found_or_shown_as_doubtful(counts):
    assert counts.share_of_strangers("shown") >= 0.93


def test_little_is_found_for_nothing(counts):
    assert counts.share_wrong("direct") <= 0.01
    assert counts.share_wrong("quasi") <= 0.05
