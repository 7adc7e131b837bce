"""Any text is read, the same way each time, in a time that grows with its length."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.roster import Person, find_people

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


UNITS = [
    *(
        "a",
        "A",
        "@",
        "a@",
        "a.",
        "1.",
        "1:",
        "Aa ",
        " ",
        "\n",
        "(",
        "[",
        "`",
        "<",
        "| a |\n",
        "#1",
        "a-",
        "a_",
        "//",
        "https://a.b/",
    ),
    *(
        "his ",
        "14:32 Aa: b\n",
        '"',
        '"aaaaaaaaaaaaaaaaaaaaaaaaaa ',
        "branch ",
        "git push -f ",
        "Priya and ",
        "Priya and Zed and ",
        "Zed, ",
        "a b c ",
        "![avatar](",
    ),
    *(
        "0:",
        "JL: ",
        "J. ",
        "O'",
        "e\u0301",
        "team lead ",
        "in their first ",
        "Owner: a,a,a,",
        "Priya van ",
        "](",
        "<a",
        "web-01 ",
        "a,b,c\n",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_time_than_its_length_asks_for(unit):
    examine(unit)
    took: list[float] = []
    for length in (10_000, 40_000):
        began = time.process_time()
        examine((unit * length)[:length], roster=ROSTER)
        took.append(time.process_time() - began)
    assert took[1] < 10 * took[0] + 0.1  # four times the text; sixteen times the time would be a square


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_takes_seconds_at_worst(unit):
    began = time.process_time()
    examine((unit * 1_000_000)[:1_000_000], roster=ROSTER)
    assert time.process_time() - began < 10
