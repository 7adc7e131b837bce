"""A review is assembled from the parts; words of people in them are shown as they stand, whatever they look like."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fairlead.core.review.document import assemble
from fairlead.core.review.facts import (
    Answer,
    DecisionFacts,
    EntryFacts,
    FactorFacts,
    Facts,
    ImpactFacts,
    ImprovementFacts,
    QuestionFacts,
)
from fairlead.core.review.parts import part
from fairlead.core.review.plain import inline, link, paragraphs
from fairlead.core.review.publishing import missing_to_publish
from fairlead.core.review.template import DEFAULT, Section, Source

START = datetime(2026, 11, 19, 19, 27, tzinfo=UTC)
FACTS = Facts(
    title="Routing loop",
    zone="America/New_York",
    customer_saw="The shop did not load.",
    what_happened="A change went out.\nIt looped.\n\nThen it was undone.",
    how="a change that did not meet production's conditions",
    severity="SEV1",
    services="Shop",
    regions="all",
    started=START,
    detected=START + timedelta(minutes=4),
    resolved=START + timedelta(minutes=65),
    impact=ImpactFacts("about USD 180,000", ("Everybody was affected",), (("Support", "Heavy"),)),
    entries=(EntryFacts(START, "The change went out"), EntryFacts(START + timedelta(minutes=4), "The alarm")),
    questions=(
        QuestionFacts(
            "Testing",
            Answer.YES,
            factors=(FactorFacts("Lab differs", "One route less", "Network team"), FactorFacts("No dry run")),
        ),
        QuestionFacts("Review", Answer.NO, reason="It was reviewed"),
        QuestionFacts("Rollout", Answer.UNKNOWN, owner="Platform", due_on=date(2026, 12, 1)),
        QuestionFacts("Pressure", Answer.UNKNOWN, owner="The director's office"),
    ),
    improvements=(
        ImprovementFacts(
            "A second route in the lab",
            "stronger",
            "Network team",
            date(2027, 1, 8),
            ("Lab differs",),
            "https://tracker.example/1",
            "was due",
            above_weaker=True,
        ),
        ImprovementFacts("A talk about it", "weaker", "Network team", date(2027, 1, 9)),
    ),
    decision=DecisionFacts("Network team", date(2026, 12, 4)),
)
NOTHING = Facts("Routing loop", "UTC")


def test_the_summary_says_what_when_how_long_and_how():
    assert part(Source.SUMMARY, FACTS) == (
        "The shop did not load.\n\n"
        "It began on Thursday, 19 November 2026, at 14:27 (America/New\\_York) and was over after 1 h 5 min.\n\n"
        "It came about through a change that did not meet production's conditions.\n\n"
        "A change went out.\\\nIt looped.\n\nThen it was undone.\n\n"
        "- **Severity:** SEV1\n- **Services:** Shop\n- **Regions:** all"
    )


def test_an_incident_that_is_not_over_has_no_length():
    going_on = replace(FACTS, resolved=None)
    assert "at 14:27 (America/New\\_York)." in part(Source.SUMMARY, going_on)
    mitigated = replace(going_on, mitigated=START + timedelta(minutes=30))
    assert "over after 30 min." in part(Source.SUMMARY, mitigated)


def test_the_cost_comes_with_what_it_rests_on():
    assert part(Source.IMPACT, FACTS) == (
        "It most likely cost about USD 180,000.\n\n- **Support:** Heavy\n\nWhat this rests on:\n\n"
        "- Everybody was affected"
    )
    assert part(Source.IMPACT, replace(FACTS, impact=ImpactFacts())) == ""


def test_the_timeline_is_a_table_on_the_incidents_clock_with_the_day_where_there_are_several():
    assert part(Source.TIMELINE, FACTS) == (
        "| Time | What happened |\n| --- | --- |\n"
        "| 14:27 | The change went out |\n| 14:31 | The alarm |\n\nTimes are those of America/New\\_York.\n\n"
        "From the start it took 4 min to detect, 1 h 5 min to resolve."
    )
    later = replace(FACTS, entries=(*FACTS.entries, EntryFacts(START + timedelta(days=1), "Looked at again")))
    assert "| 19 Nov, 14:27 |" in part(Source.TIMELINE, later)
    assert "| 20 Nov, 14:27 |" in part(Source.TIMELINE, later)


def test_factors_come_first_then_what_is_open_then_what_was_ruled_out():
    assert part(Source.FACTORS, FACTS) == (
        "- **Testing, Lab differs**: One route less *(Network team sees to it)*\n- **Testing, No dry run**\n\n"
        "Not known yet:\n\n- **Rollout:** Platform finds it out by 1 December 2026\n"
        "- **Pressure:** The director's office finds it out\n\n"
        "Looked at, and no part of it:\n\n- **Review:** It was reviewed"
    )


def test_improvements_say_whose_they_are_by_when_and_how_they_stand():
    assert part(Source.IMPROVEMENTS, FACTS) == (
        "- **A second route in the lab** *(stronger; Network team by 8 January 2027; answers: Lab differs; was due)* "
        "[In the tracker](<https://tracker.example/1>)\n"
        "- **A talk about it** *(weaker; Network team by 9 January 2027)*\n\n"
        "Network team decides on a stronger improvement by 4 December 2026."
    )


@pytest.mark.parametrize("source", Source)
def test_of_what_nobody_knows_nothing_is_said(source):
    assert part(source, NOTHING) == ""


def test_a_section_holds_what_people_wrote_and_then_the_record_and_empty_ones_are_left_out():
    words = {"summary": "  Read **this**.  ", "lessons": "Try it first."}
    document = assemble(DEFAULT, words, replace(NOTHING, customer_saw="Nothing."), line="A line")
    assert [(one.key, one.markdown) for one in document.sections] == [
        ("summary", "Read **this**.\n\nNothing."),
        ("lessons", "Try it first."),
    ]
    assert document.markdown() == (
        "# Routing loop\n\n*A line*\n\n## Summary\n\nRead **this**.\n\nNothing.\n\n## Lessons\n\nTry it first.\n"
    )
    assert assemble((), {}, NOTHING, line="").markdown() == "# Routing loop\n"


def test_every_text_of_people_is_given_to_the_guard_with_the_place_where_it_can_be_changed():
    texts = dict.fromkeys(FACTS.texts())
    for expected in (
        ("incident", "The shop did not load."),
        ("impact", "Everybody was affected"),
        ("impact", "Heavy"),
        ("timeline", "The alarm"),
        ("factors", "It was reviewed"),
        ("factors", "One route less"),
        ("improvements", "A talk about it"),
        ("improvements", "https://tracker.example/1"),
        ("improvements", "Network team"),
    ):
        assert expected in texts
    assert {where for where, _ in NOTHING.texts()} == {"incident"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "*a* _b_ `c` <d> [e] #f |g| ~h~ ![i] &amp; \\",
            r"\*a\* \_b\_ \`c\` \<d\> \[e\] \#f \|g\| \~h\~ \!\[i\] \&amp; \\",
        ),
        ("1. one", "1\\. one"),
        ("12) one", "12\\) one"),
        ("- one", "\\- one"),
        ("= one", "\\= one"),
        ("2026 was", "2026 was"),
        ("a\n\n  b\tc", "a b c"),
    ],
)
def test_words_that_look_like_markup_stay_words(text, written):
    assert inline(text) == written


def test_paragraphs_and_line_ends_are_kept():
    assert paragraphs("a\r\n- b\n\n\n    c") == "a\\\n\\- b\n\nc"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a.example/ b", "https://a.example/<x>", "ftp://a"]
)
def test_only_addresses_of_the_web_become_links(address):
    assert link("here", address) == "here"


def test_before_publishing_each_missing_thing_is_named():
    questions = (
        QuestionFacts("Testing", Answer.OPEN),
        QuestionFacts("Review", Answer.NO),
        QuestionFacts("Outside", Answer.OPEN, asked=False),
    )
    weaker = (replace(FACTS.improvements[1]),)
    bare = replace(NOTHING, questions=questions, improvements=weaker)
    assert [one.code for one in missing_to_publish(DEFAULT, {"lessons": "  "}, bare)] == [
        "section:lessons",
        "factors",
        "improvements",
    ]
    words = {"lessons": "One."}
    assert [one.words for one in missing_to_publish(DEFAULT, words, bare)] == [
        "What made it possible: Testing is not answered yet.",
        "One improvement that is more than a reminder or a training, or the day on which it will be decided.",
    ]
    assert missing_to_publish(DEFAULT, words, FACTS) == ()
    decided = replace(FACTS, improvements=())
    assert missing_to_publish(DEFAULT, words, decided) == ()
    assert missing_to_publish((Section("a", "A"),), {}, FACTS) == ()
