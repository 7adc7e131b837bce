"""A lesson fires when every kind it gives is seen in a change, and says what was seen where."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import read_diff
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.core.lessons.match import TriggerError, fires, matches
from fairlead.core.lessons.words import ALWAYS, needs_of, words_of
from tests.core.lessons.changes import BARE, GIT, PLAIN, PYTHON

BORDER = read_diff(GIT.splitlines())
CODE = read_diff(PYTHON.splitlines())
TICKET = Change(
    words="Tonight: network/border/edge-1.cfg\nAdd redistribute static to router bgp on the border pair\nShop"
)


def why(triggers, change):
    return [reason.words for reason in fires(triggers, change)]


@pytest.mark.parametrize(
    ("triggers", "expected"),
    [
        (Triggers(paths=("network/**/*.cfg",)), True),
        (Triggers(paths=("network/*.cfg",)), False),
        (Triggers(paths=("**/edge-?.cfg",)), True),
        (Triggers(paths=("edge-*.cfg",)), True),
        (Triggers(paths=("docs/old name.md",)), True),  # the old name of a renamed file
        (Triggers(sections=("router bgp",)), True),
        (Triggers(sections=("ROUTER  BGP",)), True),
        (Triggers(sections=("redistribute",)), True),
        (Triggers(sections=("router ospf",)), False),
        (Triggers(sections=("bgp",)), False),  # the beginning of the header, not somewhere in it
        (Triggers(added=(r"^\s*redistribute static",)), True),
        (Triggers(added=("redistribute connected",)), False),  # it was removed, not added
        (Triggers(removed=("redistribute connected",)), True),
        (Triggers(added=("neighbor",)), False),  # only around the change
        (Triggers(symbols=("EXPORT",)), True),
        (Triggers(symbols=("EXPOR",)), False),
        (Triggers(services=("shop",)), False),
        (Triggers(), False),
        (Triggers(paths=("network/**",), sections=("router bgp",), added=("static",)), True),
        (Triggers(paths=("network/**",), added=("guide",)), False),  # seen, but in another file
        (Triggers(paths=("nowhere/**", "docs/**")), True),
    ],
)
def test_kinds_stand_together_and_values_are_choices(triggers, expected):
    assert bool(fires(triggers, BORDER)) is expected


def test_each_reason_says_what_was_seen_and_where():
    triggers = Triggers(
        paths=("network/**",), sections=("router bgp",), added=("static",), services=("Shop",)
    )
    change = Change(BORDER.files, services=("shop",))
    assert why(triggers, change) == [
        "is about Shop",
        "changes a file under network/** (network/border/edge-1.cfg)",
        "changes something under “router bgp” (network/border/edge-1.cfg:13)",
        "adds a line that matches static (network/border/edge-1.cfg:13)",
    ]


def test_a_name_in_the_heading_of_a_part_is_touched():
    assert why(Triggers(symbols=("charge_card",)), CODE) == ["touches charge_card (app/pay.py)"]
    assert why(Triggers(symbols=("retry",)), CODE) == ["touches retry (app/pay.py:42)"]


def test_a_name_that_is_only_in_another_heading_is_not_touched():
    assert not fires(Triggers(symbols=("refund",)), CODE)


def test_a_ticket_is_read_for_paths_sections_and_lines():
    assert fires(Triggers(paths=("network/**",)), TICKET)
    assert fires(Triggers(sections=("router bgp",)), TICKET)
    assert fires(Triggers(added=("redistribute static",)), TICKET)
    assert fires(Triggers(services=("shop",), symbols=("border",)), TICKET)
    assert not fires(Triggers(removed=("redistribute",)), TICKET)
    assert not fires(Triggers(paths=("shop/**",)), TICKET)
    assert not fires(Triggers(roles=("spine",)), TICKET)


def test_a_service_that_was_named_counts_without_any_file():
    assert fires(Triggers(roles=("border router",)), Change(roles=("Border router",)))


def test_what_is_switched_off_with_no_is_the_same_section():
    assert fires(Triggers(sections=("redistribute connected",)), read_diff(["+ no redistribute connected"]))


def test_a_pattern_that_cannot_be_read_is_named_and_does_not_stop_the_others():
    broken = Lesson("a", "A", "Know", Triggers(added=("(unclosed",)))
    good = Lesson("b", "B", "Know", Triggers(paths=("network/**",)))
    with pytest.raises(TriggerError, match="unclosed"):
        fires(broken.triggers, BORDER)
    assert [match.lesson.id for match in matches((broken, good), BORDER)] == ["b"]


def test_a_pattern_that_would_never_end_elsewhere_ends_here():
    assert not fires(Triggers(added=("(a+)+$",)), read_diff(["+" + "a" * 1_900 + "!"]))


def seldom(_word):
    return 0


@pytest.mark.parametrize(
    ("triggers", "needs"),
    [
        (Triggers(symbols=("charge_card",)), (("charge_card",),)),
        (Triggers(paths=("network/**/*.cfg",)), (("/network",),)),
        (Triggers(paths=("*.cfg",)), (("/cfg",),)),
        (Triggers(paths=("**",)), ((ALWAYS,),)),
        (Triggers(sections=("router bgp",)), (("bgp",), ("router",))),
        (Triggers(sections=("router bgp", "router ospf")), (("bgp", "ospf"),)),
        (Triggers(paths=("**",), added=("static",)), (("~atic",), ("~stat",), ("~tati",))),
        (Triggers(added=("a|b",)), ((ALWAYS,),)),
        (Triggers(added=(r"\d+",)), ((ALWAYS,),)),
        (Triggers(services=("shop",), added=("ab",)), (("@shop",),)),
        (Triggers(paths=("router/**",), symbols=("EXPORT",)), (("/router",), ("export",))),
    ],
)
def test_a_lesson_is_looked_up_by_its_rarest_words(triggers, needs):
    def uses(word):
        return 9 if word == "router" else 0

    assert needs_of(triggers, uses) == needs


PARTS = [
    *("router bgp 64500", "redistribute", "static", "charge_card", "network"),
    *("edge-1.cfg", "café", "x", "A_b", "ſ", ".*", "^ *re"),
]
VALUES = st.lists(
    st.one_of(st.sampled_from(PARTS), st.lists(st.sampled_from(PARTS), min_size=2, max_size=2).map("/".join)),
    min_size=1,
    max_size=2,
).map(tuple)
KINDS = st.sampled_from([one.name for one in fields(Triggers)])
LINES = [*GIT.splitlines(), *BARE.splitlines(), *PLAIN.splitlines(), *(f"+{part}" for part in PARTS)]


@settings(max_examples=300)
@given(
    st.dictionaries(KINDS, VALUES, min_size=1, max_size=2).map(lambda given: Triggers(**given)),
    st.one_of(st.lists(st.sampled_from(LINES)), st.just(GIT.splitlines())),
    st.sampled_from(PARTS),
)
def test_whatever_fires_has_all_it_needs(triggers, lines, service):
    for change in (read_diff(lines, services=(service,)), Change(words="\n".join(lines), roles=(service,))):
        if fires(triggers, change):
            assert all(words_of(change) & set(words) for words in needs_of(triggers, seldom))
