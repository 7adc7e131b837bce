"""How much is found in texts whose author groups and people took no part in the making of the rules.

The table is printed by `pytest -s`. The goals are 99.5% of direct and 95% of quasi-identifiers. `development` is what
the rules were made on; `test` and `third` were each written before their rules, and read since; what is missed in
`sealed` nobody has read. `unlisted` are the texts of `sealed` with names that no list has. The bounds are what is
reached today, so that a change for the worse shows.
"""

import pytest

from tests.core.deidentify.evaluation.measure import Counts, measure, table

REACHED = {"development": 0.994, "test": 0.985, "third": 0.98, "sealed": 0.97, "unlisted": 0.83}
STRANGERS = {"development": 0.985, "test": 0.98, "third": 0.97, "sealed": 0.965, "unlisted": 0.68}
SHOWN = STRANGERS | {"test": 0.985, "unlisted": 0.78}


@pytest.fixture(
    scope="module",
    params=[pytest.param("development", marks=pytest.mark.slow), "test", "third", "sealed", "unlisted"],
)
def split(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def counts(split) -> Counts:
    counted = measure(split)
    print("\n" + table(split, counted))  # noqa: T201 the table is what this test is for
    return counted


def test_direct_identifiers_are_found_as_far_as_today(counts, split):
    assert counts.share_found("direct") >= REACHED[split]


def test_quasi_identifiers_are_found(counts):
    assert counts.share_found("quasi") >= 0.95


def test_people_of_the_roster_are_found(counts):
    assert counts.share_of_members("found") >= 0.985


def test_people_on_no_roster_are_found_as_far_as_today(counts, split):
    assert counts.share_of_strangers("found") >= STRANGERS[split]


def test_people_on_no_roster_are_found_or_shown_as_doubtful(counts, split):
    assert counts.share_of_strangers("shown") >= SHOWN[split]


def test_little_is_found_for_nothing(counts):
    assert counts.share_wrong("direct") <= 0.01
    assert counts.share_wrong("quasi") <= 0.05
