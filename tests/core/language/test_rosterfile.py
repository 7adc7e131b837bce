"""Rosters as teams have them."""

from fairlead.core.deidentify.roster import Person
from fairlead.core.language.rosterfile import read_authors, read_codeowners, read_roster


def test_a_roster_file_has_names_handles_and_addresses():
    text = "\ufeff# people\nRavi Menon @rmenon <ravi@acme.example>\njkovac\n@thartley\n\nJelena Kovač\nx@acme.example\n"
    assert read_roster(text) == (
        Person("Ravi Menon", "ravi@acme.example", ("rmenon",)),
        Person("", "", ("jkovac",)),
        Person("", "", ("thartley",)),
        Person("Jelena Kovač", "", ()),
        Person("", "x@acme.example", ()),
    )


def test_codeowners_are_people_and_teams_are_not():
    assert read_codeowners("* @org/team @rmenon a@x.example # @no\n/docs @org/docs\n") == (
        Person("", "", ("rmenon",)),
        Person("", "a@x.example", ("a",)),
    )


def test_authors_are_read_once_and_bots_are_nobody():
    lines = "Ravi Menon\tr@x.example\nRavi Menon\tr2@x.example\ndependabot[bot]\tb@x\nrenovate-bot\tc@x\n\t\n"
    assert read_authors(lines) == (Person("Ravi Menon", "r@x.example"),)
