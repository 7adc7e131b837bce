"""What is missing before a review may be published (playbook, sections 7 and 8)."""

from collections.abc import Iterator, Mapping, Sequence

from fairlead.core.refusal import Missing
from fairlead.core.review.facts import Answer, Facts
from fairlead.core.review.template import Section


def missing_to_publish(
    template: Sequence[Section], words: Mapping[str, str], facts: Facts
) -> tuple[Missing, ...]:
    """Return what is missing, each by name; the code says where it can be added."""
    return tuple(_missing(template, words, facts))


def _missing(template: Sequence[Section], words: Mapping[str, str], facts: Facts) -> Iterator[Missing]:
    for section in template:
        if section.needed and not words.get(section.key, "").strip():
            yield Missing(f"section:{section.key}", f"“{section.title}” is still empty.")
    left = [one.title for one in facts.questions if one.asked and one.answer is Answer.OPEN]
    if left:
        yield Missing("factors", f"What made it possible: {', '.join(left)} is not answered yet.")
    if facts.decision is None and not any(one.above_weaker for one in facts.improvements):
        yield Missing(
            "improvements",
            "One improvement that is more than a reminder or a training, or the day on which it will be decided.",
        )
