"""The board: improvements across incidents, by the condition they answer and by strength, what is overdue first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from fairlead.commons.factors.selectors import leaf_labels
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.core.improvements import Share, Standing, strength_mix
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Actor
from fairlead.people.selectors import today as today_here

PER_PAGE = 25
_SHOWN = (
    "words", "strength", "owner", "due_on", "state", "closed_on", "tracker_link",
    "proof_state", "proved_on", "done_by", "done_until",
)  # fmt: skip
STATES = {
    "": "Not done yet",
    "late": "Overdue",
    "called": "Called done, not proved",
    "failing": "Not proved any more",
    "done": "Done: proved or waived",
    "dropped": "Dropped",
    "all": "All",
}


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What of the board is looked at; empty means all of it (and, for the state, what is not done yet)."""

    question: str = ""
    strength: str = ""
    state: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One improvement as lists show it."""

    improvement: Improvement
    standing: Standing
    answers: tuple[str, ...]
    questions: tuple[str, ...]


def rows_of(improvements: list[Improvement], today: date) -> list[Row]:
    """Return improvements with where they stand and what they answer; their factors have been fetched."""
    labels = leaf_labels()
    return [
        Row(
            one,
            one.standing(today),
            tuple(labels.get(factor.leaf, "Something else") for factor in one.factors.all()),
            tuple(dict.fromkeys(factor.question for factor in one.factors.all())),
        )
        for one in improvements
    ]


def planned_of(actor: Actor, incident: Incident) -> list[tuple[Improvement, Standing]]:
    """Return the improvements of an incident with where each stands, earliest day first."""
    found = list(Improvement.objects.filter(incident=incident))
    if not found:
        return []
    day = today_here()
    return [(one, one.standing(day)) for one in found]


# Without a bound SQLite reads the whole table and sorts it, although the index of what waits has this very order.
_WAITING = Q(waits=True, due_on__gte=date(1, 1, 1))


def _standing_so(state: str, today: date) -> Q:
    return {
        "": _WAITING,
        "late": Q(waits=True, due_on__lt=today),
        "called": Q(state=Improvement.State.DONE, done_until=None),
        "failing": Q(waits=True, done_until__lt=today),
        "done": Q(waits=False) & ~Q(state=Improvement.State.DROPPED),
        "dropped": Q(state=Improvement.State.DROPPED),
    }.get(state, Q())


def _chosen(filters: BoardFilters, today: date) -> QuerySet[Improvement]:
    wanted = _standing_so(filters.state, today)
    if filters.strength:
        wanted &= Q(strength=filters.strength)
    if filters.owner:
        wanted &= Q(owner__icontains=filters.owner)
    found = Improvement.objects.filter(wanted)
    if filters.question:
        found = found.filter(
            pk__in=Improvement.factors.through.objects.filter(factor__question=filters.question).values(
                "improvement_id"
            )
        )
    return found.order_by("due_on", "id")


def improvements_chosen(actor: Actor, filters: BoardFilters, *, today: date) -> QuerySet[Improvement]:
    """Return every improvement that passes the filters, for reading one after the other."""
    return _chosen(filters, today)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the board."""

    rows: list[Row]
    more: bool


def board_page(actor: Actor, filters: BoardFilters, *, page: int, today: date) -> Page:
    """Return one page of improvements, the earliest day first, so that what is overdue leads."""
    start = (page - 1) * PER_PAGE
    found = list(
        _chosen(filters, today)
        .select_related("incident")
        .only(*_SHOWN, "incident__title")
        .prefetch_related("factors")[start : start + PER_PAGE + 1]
    )
    return Page(rows_of(found[:PER_PAGE], today), len(found) > PER_PAGE)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many improvements of one strength answer one question, and how many of these are overdue."""

    strength: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the playbook with what is planned for it."""

    key: str
    title: str
    cells: tuple[Cell, ...]


def board_table(actor: Actor, *, today: date) -> tuple[Line, ...]:
    """Return what is not done yet by question and strength. An improvement counts under each question it answers."""
    counted = (
        Improvement.objects.filter(_WAITING)
        .values("factors__question", "strength")
        .annotate(
            count=Count("pk", distinct=True), late=Count("pk", distinct=True, filter=Q(due_on__lt=today))
        )
        .order_by()
    )
    cells = {(row["factors__question"], row["strength"]): row for row in counted}
    return tuple(
        Line(
            question.key,
            question.title,
            tuple(
                Cell(strength, row["count"], row["late"])
                if (row := cells.get((question.key, strength)))
                else Cell(strength, 0, 0)
                for strength in Improvement.Strength.values
            ),
        )
        for question in load_default().factor_questions
    )


def board_mix(actor: Actor) -> tuple[Share, ...]:
    """Return how strong all improvements are together that were not dropped."""
    # By state as well, because the index has this order: by strength alone all of them would be sorted.
    counted = (
        Improvement.objects.exclude(state=Improvement.State.DROPPED)
        .values_list("state", "strength")
        .annotate(count=Count("*"))
        .order_by()
    )
    counts: Counter[str] = Counter()
    for _, strength, count in counted:
        counts[strength] += count
    return strength_mix(counts)


def late_count(actor: Actor, *, today: date) -> int:
    """Return how many improvements are overdue."""
    return Improvement.objects.filter(waits=True, due_on__lt=today).count()


@dataclass(frozen=True, slots=True)
class Shown:
    """By what improvements count as done, and how many only say so, over all that were not dropped."""

    proved: int
    waived: int
    called: int
    failing: int
    waived_percent: int


def board_proofs(actor: Actor, *, today: date) -> Shown:
    """Return how many improvements are proved, waived, called done without either, or proved no more."""
    counts = Q(waits=False)
    # Of the state, which every improvement has: an index holds it, and not the ids.
    found = Improvement.objects.exclude(state=Improvement.State.DROPPED).aggregate(
        proved=Count("state", filter=counts & Q(done_by="proof")),
        waived=Count("state", filter=counts & Q(done_by="waiver")),
        called=Count("state", filter=Q(state=Improvement.State.DONE, done_until=None)),
        failing=Count("state", filter=Q(waits=True, done_until__lt=today)),
    )
    done = found["proved"] + found["waived"]
    return Shown(**found, waived_percent=round(found["waived"] / done * 100) if done else 0)
