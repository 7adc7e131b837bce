"""What customers saw is said in words about what could not be done, never about who did what."""

from datetime import UTC, datetime

import pytest

from fairlead.core.intake import understand
from fairlead.core.intake.harm import customer_saw


def saw(text):
    found = customer_saw(text)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The shop was down in all regions.", "The shop was down in all regions"),
        (
            "On 2026-11-19 between 12:17 and 12:30 UTC all downloads were broken due to a bug.",
            "All downloads were broken",
        ),
        ("A deployment went out, resulting in failed orders for everybody.", "Failed orders for everybody"),
        ("Users reported that all launches were failing", "All launches were failing"),
        ("Unfortunately, customers could not pay after a change.", "Customers could not pay"),
        ("At 12:00 UTC. Orders failed again", "Orders failed again"),
        ("A rule was upgraded. This meant nothing. Nobody could log in!", "Nobody could log in"),
    ],
)
def test_the_words_about_the_harm_are_taken_without_time_and_cause(text, words):
    assert saw(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It broke",
        "Rowan deployed the change and it failed everywhere",
        "The engineer executed a command by accident and deleted the nodes",
        "We should add an alert for failed orders",
        "What if the orders failed?",
        "Root cause: human error, orders were lost",
        "Resulted in failed orders",
        "The quarterly plan went to the board",
        "failed " * 60,
    ],
)
def test_actions_causes_remedies_and_people_are_passed_over(text):
    assert saw(text) is None


def test_the_part_about_the_impact_comes_before_the_summary_and_ends_at_the_next_part():
    text = (
        "# T\n\n## Summary\n\nThe site was slow for users.\n\n## Customer impact\n\n### In detail\n\n"
        "| a | b |\n\nOrders failed for an hour.\n\n## Lessons\n\nThe shop was down for all users.\n"
    )
    assert saw(text) == "Orders failed for an hour"


def test_the_summary_is_used_when_the_impact_says_nothing():
    text = "# T\n\n## Impact\n\nWe decided to wait.\n\n## Summary\n\nA change went out. The site was slow for users.\n"
    assert saw(text) == "The site was slow for users"


def test_a_document_is_not_searched_where_it_speaks_of_causes_and_remedies():
    assert saw("# T\n\n## Action items\n\n- Orders failed without an alert\n") is None


def test_below_a_single_heading_the_whole_text_counts():
    assert saw("# Note\n\nOrders failed for an hour.") == "Orders failed"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("All services are answering 503", "All services are answering 503"),
        ("Search outage review", None),
        ("Plan of the week", None),
    ],
)
def test_a_title_can_say_it_itself(title, words):
    found = understand(
        f"# {title}\n\n## Notes\n\nMore.\n", now=datetime(2026, 11, 20, tzinfo=UTC)
    ).customer_saw
    assert (found.value if found else None) == words


def test_a_text_without_a_title_says_nothing():
    assert understand("", now=datetime(2026, 11, 20, tzinfo=UTC)).customer_saw is None
