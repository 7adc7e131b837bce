"""The guard on the commons: people of the roster are found, other words are left alone."""

from itertools import pairwise

import pytest

from fairlead.core.deidentify.roster import Person, find_people

ROSTER = (
    Person("Jonas Lindqvist", "jonas@harbour.example", ("jlindqvist", "@jonas.l")),
    Person("Tomás Vidal", "tomas@harbour.example", ("tvidal",)),
    Person("Will Marsh", "will@harbour.example", ("will",)),
    Person("Zoë O’Neill-Grant", "zoe@harbour.example"),
    Person("山田 太郎", "yamada@harbour.example"),
    Person("Li Wu", ""),
    Person("Björk", ""),
)


def shown(text: str) -> list[str]:
    return [one.shown for one in find_people(text, ROSTER)]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas rolled it out.",
        "It was JONAS.",
        "Lindqvist's change",
        "jonas lindqvist was on call",
        "Lindqvist, Jonas",
        "jonas_lindqvist pushed it",
        "Tomás saw it first.",
        "Zoë was there.",
        "Will Marsh looked into it.",
        "marsh, will",
        "山田 was paged.",
        "ask jlindqvist",
        "@jonas.l knows",
        "@jonas knows",
        "(tvidal)",
        "@will will look",
        "Li Wu undid it.",
        "BJÖRK was on call.",
        "write to jonas@harbour.example",
        "write to somebody.else+x@other.example",
    ],
)
def test_somebody_is_found(text):
    assert shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The change will pass our process next time.",
        "Will it happen again?",  # a capital at the start of a sentence says nothing
        "We grant access for an hour.",
        "The salt marsh region was not hit.",
        "Jonasville and the Lindqvistgade stayed up.",
        "The on-call person undid it.",
        "J. L. and W. M. looked at it.",  # initials are not in the roster
        "10.0.0.1@eth0",
        "user@host",  # no domain: a login on a machine
    ],
)
def test_nobody_is_found(text):
    assert shown(text) == []


def test_finds_come_in_the_order_of_the_text_and_never_overlap():
    found = find_people("Tomás Vidal told jonas@harbour.example and Jonas Lindqvist.", ROSTER)
    assert [one.shown for one in found] == ["Tomás Vidal", "jonas@harbour.example", "Jonas Lindqvist"]
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "kind", "advice"),
    [
        ("Jonas", "name", "Write the role instead"),
        ("@tvidal", "handle", "called in chat"),
        ("a@b.example", "e-mail", "name the team's mailbox"),
    ],
)
def test_each_find_says_what_it_is_and_what_to_write_instead(text, kind, advice):
    (found,) = find_people(text, ROSTER)
    assert found.kind == kind
    assert advice in found.reason
    assert text in found.reason


def test_a_large_text_and_a_large_roster_are_searched_in_good_time():
    many = tuple(
        Person(f"Vorname{n} Nachname{n}", f"p{n}@harbour.example", (f"hand{n}",)) for n in range(200)
    )
    assert find_people("The router looped. " * 5_000, many) == ()
