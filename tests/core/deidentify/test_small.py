"""People in small letters, initials and numbers: where they stand, and the same words where nobody does."""

import pytest

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.roster import Person, find_people
from fairlead.core.deidentify.words import book

ROSTER = (
    Person("Anneli Rautio", "anneli.rautio@acme.example"),
    Person("Amber Min-jun Holt", ""),
    Person("Trent Beckett", ""),
)


def found(text: str, roster: tuple[Person, ...] = ()) -> list[tuple[str, str]]:
    return [(one.kind, one.shown) for one in examine(text, roster=roster)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not me, maybe tomasz?", ("name", "tomasz")),
        ("dm'd tomasz, no reply yet", ("name", "tomasz")),
        ("tomasz's change went out", ("name", "tomasz")),
        ("lgtm from tomasz-marek", ("name", "tomasz-marek")),
        ("ask basil about it", ("name", "basil")),
        ("ask jasper about it", ("perhaps a name", "jasper")),
        ("per borkowski we can drop the cache", ("name", "borkowski")),
        ("borkowski restarted it", ("name", "borkowski")),
        ("borkowski > rolling back", ("name", "borkowski")),
        ("borkowski's idea", ("name", "borkowski")),
        ("call with\nborkowski about it", ("name", "borkowski")),
        ("per igor we wait", ("name", "igor")),
        ("reviewed by tborkow", None),
        ("reviewed by tomaszb", ("handle", "tomaszb")),
        ("reviewed by borkowskit", ("handle", "borkowskit")),
        ("reviewed by tborkowski4", ("handle", "tborkowski4")),
        ("reviewed by tomaszborkowski", ("handle", "tomaszborkowski")),
        ("reviewed by borkowskitomasz", ("handle", "borkowskitomasz")),
        ("we saw t.borkowski there", ("handle", "t.borkowski")),
        ("ask zqxhaidar about it", ("handle", "zqxhaidar")),
        ("zqxhaidar can you look", ("handle", "zqxhaidar")),
        ("zqxhaidar + me on the bridge", ("handle", "zqxhaidar")),
        ("zqxhaidar: rolling back", ("handle", "zqxhaidar")),
        ("lgtm from tomasz and zqxhaidar", ("handle", "zqxhaidar")),
        ("ask zqxhaidar. Zqxhaidar spoke of it", ("name", "Zqxhaidar")),
        ("Qwelbin had a hunch", ("name", "Qwelbin")),
        ("Qwelbin, who wrote it, left", ("name", "Qwelbin")),
        ("resolved by zqxhaidar", ("perhaps a name", "zqxhaidar")),
        ("it ran under zqxhaidar's token", ("perhaps a name", "zqxhaidar")),
        ("zqxhaidar pushed the change", ("handle", "zqxhaidar")),
        ("22:16 rose_zqxhaidar: it is back", ("handle", "rose_zqxhaidar")),
        ("so I asked Ms. Park to wait", ("name", "Ms. Park")),
        ("committed by M. Park", ("name", "M. Park")),
    ],
)
def test_people_on_no_roster_are_found_in_small_letters(text, expected):
    assert expected is None or expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "jenkins: rolling back",
        "ask security first",
        "dependabot merged that on friday",
        "thanks hope this helps",
        "when will can you read this",
        "see the page here",
        "the tomasz failed, then tomasz restarted",
        "open tomasz/settings and run tomasz=1",
        "asked kubeproxy for the route",
        "the igor-cli tool, igor of old",
        "ran igor twice",
        "ab by ab",
        "lobbyd restarted it",
        "0tomasz by 0tomasz",
        "The grace period, and may it last; per policy.",
        "The Miss Rate rose. The Dr Disk tool ran.",
        "Maria DB restarted.",
        "Pushing changes that are known to be bad, or why Deck is slow.",
        "the browser and the singleton",
        "Alexa answered with an error, and Hudson said no.",
        "the sea of borkowski",
        "from\n\nborkowskis",
    ],
)
def test_words_of_the_language_and_the_trade_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ping anneli", ("name", "anneli")),
        ("anneli is looking", ("name", "anneli")),
        ("arautio pushed it", ("handle", "arautio")),
        ("annelir2 here", ("handle", "annelir2")),
        ("min-jun is looking", ("name", "min-jun")),
        ("ask amber", ("name", "amber")),
        ("amber can you look", ("name", "amber")),
        ("per amber we wait", ("perhaps a name", "amber")),
        ("amber says its the lobby", ("name", "amber")),
        ("Action: TB to write it", ("initials", "TB")),
    ],
)
def test_people_of_the_roster_are_found_in_small_letters(text, expected):
    assert expected in found(text, ROSTER)


@pytest.mark.parametrize(
    "text", ["the amber light", "x@arautio", "anneli-proxy", "the ranneli wave", "Action: TB to write it"]
)
def test_parts_of_words_and_things_are_nobody_of_the_roster(text):
    assert found(text, ROSTER[:2]) == []


@pytest.mark.parametrize("text", ["so will can you read this", "the amber light; ask amber"])
def test_a_word_that_is_one_of_us_is_still_a_word(text):
    assert found(text, (*ROSTER, Person("Will Anders", ""))) == []


def test_the_linter_finds_people_of_the_roster_in_small_letters_too():
    assert [one.shown for one in find_people("ask anneli, or arautio7; amber light", ROSTER)] == [
        "anneli",
        "arautio7",
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("05:20 JL back at the desk", "JL"),
        ("01:25 UTC – JL – capture started", "JL"),
        ("Action: JL to follow up", "JL"),
        ("AP JL: write the limit down", "JL"),
        ("- [ ] JL to follow up", "JL"),
        ("On it. /JL", "JL"),
        ("JL asked whether the limit was known", "JL"),
        ("approved by JL", "JL"),
    ],
)
def test_initials_are_found_where_somebody_stands(text, who):
    assert ("initials", who) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "05:20 QA back at the desk",
        "AP QA: write it down",
        "IV asked",
        "approved by CI",
        "Use JL for it",
        "JL failed",
        "paths like /JL/x",
    ],
)
def test_capitals_that_are_short_for_a_thing_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Escalated at once (+44 7700 900142).", "phone", "+44 7700 900142"),
        ("(555) 010-0199 was busy", "phone", "(555) 010-0199"),
        ("or 555-010-0199", "phone", "555-010-0199"),
        ("or 020 7946 0123", "phone", "020 7946 0123"),
        ("phone: 5551234", "phone", "5551234"),
        ("call me on 555 1234", "phone", "555 1234"),
        ("at ext. 4417", "phone", "ext. 4417"),
        ("employee 104233 did it", "employee number", "104233"),
        ("Staff ID E104233", "employee number", "E104233"),
        ("personnel no. 20417", "employee number", "20417"),
    ],
)
def test_numbers_that_lead_to_somebody_are_found(text, kind, shown):
    assert found(text) == [(kind, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "called 5000000 times",
        "phone: 100000 ms",
        "from 2024-03-14 10:00 to 2024-03-15",
        "order 4820091 and invoice 4711-0815-2342",
        "dial 112, or +1 800 555 0100",
        "the vendor's hotline +49 30 23125 014",
        "call the desk at extension 4711",
        "+12 lines, +1 234",
        "employees 1200, staff 900 and badge of honour",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("word", "inside"), [("the", True), ("kubernetes", True), ("anneli", False), ("a", False), ("", False)]
)
def test_a_book_knows_its_words_and_no_others(word, inside):
    assert (word in book("plain_words")) is inside
