"""The sheets read well as plain text, the most urgent first, and the draft names nobody."""

import dataclasses
from datetime import UTC, date, datetime

from fairlead.core.intake.answers import Cost
from fairlead.core.playbook.reader import load_default
from fairlead.core.preparation import Facts, prepare
from fairlead.papers.sheets import preparation_md, statement_md, team_draft_md

FACTS = Facts(
    title="Routing loop",
    customer_saw="nobody could pay",
    zone="Europe/Berlin",
    talk_on=date(2026, 11, 19),
    started=datetime(2026, 11, 19, 13, 27, tzinfo=UTC),
    resolved=datetime(2026, 11, 19, 14, 32, tzinfo=UTC),
    cost=Cost("USD", None, 16_500_000),
)
PREPARED = prepare(FACTS, load_default())


def test_the_statement_has_one_sentence_a_line_and_both_endings():
    text = statement_md(PREPARED)
    assert "It lasted 1 h 5 min.  \n" in text
    assert "I am not going to pile on." in text
    assert "who was hit by this, and how?" in text
    assert "USD 165,000 an hour" in text
    assert "(not counted)" not in text


def test_the_preparation_begins_with_what_is_urgent():
    text = preparation_md(PREPARED)
    order = [
        "Only five minutes?",
        "a quarter of an hour",
        "The first thing you say",
        "The honest size",
        "### 1.",
        "### 6.",
    ]
    assert sorted(order, key=text.index) == order
    assert "Week 1 (Mon 23 Nov, Wed 25 Nov): How are you" in text
    assert text.count("nobody could pay") == 1


def test_with_nothing_open_there_is_no_heading_for_it():
    known = dataclasses.replace(PREPARED, still_open=(), assumptions=())
    assert "Still open" not in preparation_md(known)
    assert "Where the figure comes from" not in statement_md(known)


def test_the_team_draft_comes_with_its_talking_points_and_leaves_out_money_and_people():
    text = team_draft_md(PREPARED)
    assert "The engineer reads this first" in text
    assert "customers saw this: nobody could pay" in text
    assert "who did it?" in text
    assert "USD" not in text
    assert "{" not in text


def test_a_movement_without_asks_or_replies_has_no_empty_list():
    bare = [dataclasses.replace(one, asks=(), replies=()) for one in PREPARED.movements]
    text = preparation_md(dataclasses.replace(PREPARED, movements=tuple(bare)))
    assert "Then, as it fits:" not in text
    assert "If it comes to that:" not in text
