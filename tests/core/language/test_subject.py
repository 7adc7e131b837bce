"""Who does it, told from the words before a verb."""

import pytest

from fairlead.core.language import lint
from fairlead.core.language.subject import subject_before


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("The operator", "person"), ("The load balancer", "thing"), ("You clearly", "you"), ("We", "we"), ("I", "i"),
        ("They", "they"), ("Whoever pushed the new gateway", "person"), ("The person who pushed it", "person"),
        ("The engineer, under pressure,", "person"), ("The engineer (on call)", "person"),
        ("The engineer on call", "person"),
        ("After the deploy the engineer", "person"), ("The engineer on the routing team", "person"),
        ("The engineer rushed the change and", "person"), ("The node filled up and", "thing"),
        ("The operator console", "thing"), ("Kubernetes operators", "thing"), ("One of the engineers", "person"),
        ("None of the reviewers", "nobody"), ("No engineer", "nobody"), ("No one", "nobody"), ("Engineering", "person"),
        ("The script that", "thing"), ("The engineer that", "person"), ("the one which", "thing"), ("", "none"),
        ("During the change,", "thing"), ("because", "none"), ("On call", "person"), ("It", "thing"), ("and", "none"),
        ("The engineer - tired -", "person"), ("In the end,", "thing"), ("The SRE's script", "thing"),
        ("on duty", "person"), ("those responsible", "person"), ("The person deploying", "person"),
        ("the engineer involved", "person"), ("The nurse-turned-developer", "person"), ("The mobile squad", "person"),
        ("Platform", "person"), ("The platform", "thing"), ("The self-hosted-runner", "thing"),
        ("the script deploying", "thing"), ("the responsible", "thing"),
        ("The operator tool broke and", "thing"), ("someone", "person"), ("none of", "nobody"), ("The", "thing"),
        ("The one", "person"), ("no one", "nobody"), ("of", "none"), ("you rushed it and", "you"),
    ],
)  # fmt: skip
def test_the_subject(before, who):
    assert subject_before(before) == who


def test_a_name_is_a_person():
    assert subject_before("Yesterday Menon", frozenset({"menon"})) == "person"


@pytest.mark.parametrize(
    "text", ["Dave should have tested it.", "Jonas was careless.", "Priya failed to check the routes."]
)
def test_a_given_name_is_somebody_even_where_no_roster_knows_it(text):
    assert lint(text)


@pytest.mark.parametrize("text", ["Jenkins should have retried.", "Kafka failed to elect a leader."])
def test_a_product_with_a_capital_is_nobody(text):
    assert [one for one in lint(text) if one.level == "warning"] == []
