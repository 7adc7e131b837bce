"""Any text is read to its end, the same way each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.roster import Person, find_people
from tests.core.deidentify.pieces import UNITS

ROSTER = (Person("Priya Nair", "priya.nair@acme.example", ("pnair",)), Person("Grace Wójcik", ""))
PIECES = [
    *(
        "Priya",
        "Zawadi",
        "Grace",
        "van ",
        "J. ",
        "JL:",
        "priya.nair",
        "@",
        "14:32 ",
        "<",
        ">",
        "`",
        "](",
        "|",
        ",",
        ".",
        ":",
        "#",
        "-",
        "/",
        "_",
    ),
    *(
        "his ",
        "thanks to ",
        " and ",
        "branch ",
        "https://",
        "10.0.0.1",
        "::",
        "deadbee1",
        "“",
        "”",
        "\n",
        " ",
        "\u0301",
        "\u200b",
        "é",
        "王",
        "her",
    ),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_offsets_are_exact_in_order_and_apart(text):
    findings = examine(text, roster=ROSTER, zone="Europe/Berlin")
    at = 0
    for one in findings:
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.shown
        at = one.end
    assert findings == examine(text, roster=ROSTER, zone="Europe/Berlin")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_the_roster_finds_is_found_by_the_whole_check(text):
    inside = {
        at
        for one in examine(text, roster=ROSTER)
        if one.level == "direct"
        for at in range(one.start, one.end)
    }
    for person in find_people(text, ROSTER):
        if person.kind != "e-mail":
            assert inside & set(range(person.start, person.end))


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_of_one_piece_is_read_to_its_end(unit):
    text = (unit * 40_000)[:40_000]
    at = 0
    for one in examine(text, roster=ROSTER):  # how long it takes is measured by benchmarks/deidentify.py
        assert at <= one.start < one.end <= len(text)
        at = one.end
