"""Reading the factors of an incident."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from fairlead.commons.factors.models import Factor, FactorAnswer
from fairlead.commons.incidents.models import Incident
from fairlead.core.improvements import at_work
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


@dataclass(frozen=True, slots=True)
class ConditionAtWork:
    """A condition, or a whole question with its conditions: in how many of the incidents looked at it was at work."""

    key: str
    label: str
    count: int
    of: int
    leaves: tuple["ConditionAtWork", ...] = ()


def conditions_at_work(actor: Actor, *, last: int) -> tuple[ConditionAtWork, ...]:
    """Return every question with how often it was at work in the last incidents that were asked about it.

    An incident counts once somebody has answered at least one question about it; before that nothing is known.
    """
    asked = FactorAnswer.objects.filter(incident=OuterRef("pk"))
    newest = list(
        Incident.objects.filter(Exists(asked), started_at__isnull=False)
        .order_by("-started_at", "id")
        .values_list("pk", flat=True)[:last]
    )
    factors = list(Factor.objects.filter(incident__in=newest).values_list("incident_id", "question", "leaf"))
    of = len(newest)
    questions = {one.key: one for one in at_work(((str(i), q) for i, q, _ in factors), of=of)}
    leaves = at_work(((str(i), f"{q} {leaf}") for i, q, leaf in factors), of=of)
    labels = leaf_labels()

    def under(question: str) -> tuple[ConditionAtWork, ...]:
        found = ((one, one.key.partition(" ")) for one in leaves)
        return tuple(
            ConditionAtWork(leaf, labels.get(leaf, "Something else"), one.count, of)
            for one, (asked_about, _, leaf) in found
            if asked_about == question
        )

    return tuple(
        ConditionAtWork(
            question.key,
            question.title,
            questions[question.key].count if question.key in questions else 0,
            of,
            under(question.key),
        )
        for question in load_default().factor_questions
    )


def factors_named(actor: Actor, incident: Incident, wanted: Sequence[uuid.UUID]) -> list[Factor]:
    """Return those of the wanted factors that are this incident's."""
    return list(Factor.objects.filter(incident=incident, pk__in=wanted))
