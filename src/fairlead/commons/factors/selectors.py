"""Reading the factors of an incident."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairlead.commons.factors.models import Factor, FactorAnswer
from fairlead.commons.incidents.models import Incident
from fairlead.core.playbook.reader import load_default
from fairlead.core.playbook.schema import FactorQuestion
from fairlead.core.visibility import Actor
from fairlead.foundation.search.kinds import Piece


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of the playbook with what has been answered and found for this incident."""

    question: FactorQuestion
    answer: FactorAnswer | None
    factors: tuple[Factor, ...]

    def leaf_label(self, key: str) -> str:
        """Return the words for a leaf of this question."""
        return next((leaf.label for leaf in self.question.leaves if leaf.key == key), "Something else")


def questions_of(actor: Actor, incident: Incident) -> tuple[AskedQuestion, ...]:
    """Return every question with its answer and factors, in the playbook's order."""
    answers = {answer.question: answer for answer in FactorAnswer.objects.filter(incident=incident)}
    factors: dict[str, list[Factor]] = {}
    for factor in Factor.objects.filter(incident=incident):
        factors.setdefault(factor.question, []).append(factor)
    return tuple(
        AskedQuestion(question, answers.get(question.key), tuple(factors.get(question.key, ())))
        for question in load_default().factor_questions
    )


def factor_get(actor: Actor, factor_id: object) -> Factor | None:
    """Return a factor, or None."""
    return Factor.objects.select_related("incident").filter(pk=factor_id).first()


def leaf_labels() -> dict[str, str]:
    """Return the words for each condition of the playbook, by its key."""
    return {leaf.key: leaf.label for question in load_default().factor_questions for leaf in question.leaves}


def factor_pieces(incident_ids: Sequence[uuid.UUID]) -> Iterable[Piece]:
    """Return the words of the factors of these incidents for search."""
    labels = leaf_labels()
    for factor in Factor.objects.filter(incident__in=incident_ids):
        yield Piece(factor.pk, factor.incident_id, labels.get(factor.leaf, "Something else"), factor.words)
