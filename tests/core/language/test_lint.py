"""What the coach says about a text: where, how loud, and what changes its mind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.deidentify.roster import Person
from fairlead.core.language import Options, OwnRule, lint
from tests.core.language.labelled import part, people

ROSTER = (
    Person("Ravi Menon", "ravi@acme.example", ("rmenon",)),
    Person("Grace Will", ""),
    Person("Mark Osei", ""),
)


def rules(text, **more):
    return [finding.rule for finding in lint(text, **more)]


def test_offsets_lines_and_columns_point_at_the_words():
    text = "# Review\n\nFirst 🎉 the operator failed\nto check it.\r\n"
    (found,) = lint(text)
    assert text[found.start : found.end] == "failed\nto"
    assert (found.line, found.column, found.end_line, found.end_column) == (3, 22, 4, 3)
    assert (found.utf16_column, found.utf16_end_column) == (23, 3)


def test_a_phrase_is_found_across_a_soft_line_break_and_emphasis():
    assert rules("The operator failed\n**to** check it.") == ["FL101"]


@pytest.mark.parametrize(
    "text",
    [
        "```\nThe operator failed to check.\n```",
        "Run `what were you thinking` twice.",
        "> The operator failed to check.",
        "He wrote".replace("He", "They") + ': "The operator failed to check."',
        "<!-- The operator failed to check. -->",
        "---\nnote: The operator failed to check.\n---\n",
        "[x]: https://example.com/operator-failed-to-check",
    ],
)
def test_code_quotes_comments_and_front_matter_are_not_read(text):
    assert rules(text) == []


def test_cells_of_a_table_are_read_each_alone():
    assert rules(
        "| a | b |\n|---|---|\n| the operator | failed to check |\n| x | it was operator error |"
    ) == ["FL105"]


def test_audience_selects_rules():
    assert rules("Why did you push it?", audience="private") == ["FL801"]
    assert rules("Why did you push it?", audience="commons") == []
    assert rules("He ran it.", audience="private") == []


def test_somebody_of_the_roster_is_an_error_and_never_echoed_in_the_message():
    (found,) = lint("At 14:40 Ravi rolled it back.", roster=ROSTER)
    assert (found.rule, found.level, found.names_somebody) == ("FL401", "error", True)
    assert "Ravi" not in found.message + found.why + "".join(found.rewrites)


def test_a_name_that_is_a_word_counts_only_beside_its_other_part():
    assert rules("Will retry. Mark the node. The grace period is ten seconds.", roster=ROSTER) == []
    assert rules("Ask Grace Will or Mark Osei.", roster=ROSTER) == ["FL401", "FL401"]


def test_initials_of_the_roster_are_found_in_a_timeline():
    assert rules("- 14:47 RM: loop confirmed.", roster=ROSTER) == ["FL401"]
    assert rules("- 14:47 DNS: resolvers answer.\n- 14:48 ABC: up. ABC is our cache.", roster=ROSTER) == []


def test_a_roster_name_is_a_subject():
    assert "FL101" in rules("Menon failed to check it.", roster=ROSTER)


def test_the_same_pronoun_again_is_a_suggestion():
    assert [found.level for found in lint("He ran it. Later he stopped it.")] == ["warning", "suggestion"]


def test_a_safe_rewrite_keeps_the_capital():
    (found,) = lint("His laptop still had the token.")
    assert (found.safe, found.rewrites) == (True, ("Their",))
    (found,) = lint("The laptop was his.")
    assert not found.safe


def test_a_remedy_for_people_is_softer_beside_one_for_the_system():
    (found,) = lint("Remind engineers to drain first, and add a guard that refuses otherwise.")
    assert found.level == "suggestion"


def test_a_reason_in_the_text_puts_a_rule_off_and_no_reason_does_not():
    body = "\nThe operator failed to check it.\n\nThe operator failed to check it."
    assert rules("<!-- fairlead off FL101: a customer's words -->" + body) == ["FL101"]
    assert rules("<!-- fairlead off FL1: a customer's words -->" + body) == ["FL101"]
    assert rules("<!-- fairlead off FL101 -->" + body) == ["FL101", "FL101"]


def test_rules_can_be_left_out():
    assert rules("The operator failed to check it.", options=Options(off=("FL1",))) == []


def test_a_rule_of_ones_own_reads_by_re2_even_when_it_would_backtrack_for_ever():
    own = OwnRule("ACME1", r"(a+)+$", "No row of a", "warning")
    found = lint("a" * 50_000 + "b aaaa", options=Options(own=(own,)))
    assert [(one.rule, one.level, one.category) for one in found] == [("ACME1", "warning", "own")]


def test_a_rule_of_ones_own_may_be_left_out_and_marks_no_empty_place():
    own = OwnRule("ACME1", "b*", "No b", audience=("private",))
    assert lint("a b", options=Options(own=(own,))) == ()
    assert len(lint("a b", audience="private", options=Options(own=(own,)))) == 1


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?=a)"])
def test_a_rule_that_re2_cannot_read_is_refused(pattern):
    with pytest.raises(ValueError, match="RE2"):
        lint("text", options=Options(own=(OwnRule("ACME1", pattern, "m"),)))


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_place_is_inside(text):
    for found in lint(text, roster=ROSTER):
        assert 0 <= found.start < found.end <= len(text)


def test_the_same_text_has_the_same_findings():
    text = "\n\n".join(sentence.words for sentence in part("train"))
    assert lint(text, roster=people()) == lint(text, roster=people())


def test_one_long_line_is_read_to_its_end_and_its_places_stay_true():
    line = "🦊 The operator failed to check it and he should have known. "
    found = lint(line * 2000)
    assert {one.line for one in found} == {1}
    last = [one for one in found if one.rule == "FL101"][-1]
    assert (line * 2000)[last.start : last.end] == "failed to"
    assert last.utf16_column - last.column == 2000
    assert sum(one.rule == "FL101" for one in found) == 2000
