"""A refusal carries its reason and what is missing."""

from fairlead.core.refusal import Missing, Refused


def test_a_refusal_is_read_by_its_reason():
    missing = (Missing("talk", "The conversation itself."),)
    refused = Refused("Not yet.", missing=missing, field="words")
    assert (str(refused), refused.reason, refused.missing, refused.field) == (
        "Not yet.",
        "Not yet.",
        missing,
        "words",
    )


def test_a_refusal_needs_nothing_but_its_reason():
    refused = Refused("No.")
    assert (refused.missing, refused.field) == ((), "")
