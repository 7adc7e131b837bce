"""From free text to an incident: what was understood, why, and what is still missing."""

from fairlead.core.intake.understanding import ADD_CURRENCY, QUESTIONS, understand
from fairlead.core.intake.values import (
    Entry,
    Found,
    Measure,
    Moment,
    Money,
    Question,
    Span,
    Understanding,
)

__all__ = [
    "ADD_CURRENCY",
    "QUESTIONS",
    "Entry",
    "Found",
    "Measure",
    "Moment",
    "Money",
    "Question",
    "Span",
    "Understanding",
    "understand",
]
