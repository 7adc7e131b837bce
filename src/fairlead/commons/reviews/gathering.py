"""What the commons knows of an incident, gathered for its review."""

from fairlead.commons.factors.selectors import AskedQuestion, questions_of
from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.impact.selectors import impact_inputs, impact_of
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import decision_day_of, improvements_of
from fairlead.commons.incidents.models import Incident
from fairlead.commons.timeline.selectors import entries_of
from fairlead.core.impact import ImpactError, spoken_range
from fairlead.core.playbook.reader import load_default
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
from fairlead.core.visibility import Actor
from fairlead.people.selectors import today

_FITS_ONLY_SOMETIMES = "X"  # what came from outside is asked for only if it fits
_MOMENTS = (
    ("started_at", "It began."),
    ("detected_at", "It was noticed."),
    ("reported_at", "The people on call were told."),
)
_ENDS = (("mitigated_at", "Customers were served again."), ("resolved_at", "It was over."))


def facts_of(actor: Actor, incident: Incident) -> Facts:
    """Return what is known of an incident today."""
    asked = questions_of(actor, incident)
    labels = {factor.pk: one.leaf_label(factor.leaf) for one in asked for factor in one.factors}
    decision = decision_day_of(actor, incident)
    return Facts(
        title=incident.title,
        zone=incident.zone,
        customer_saw=incident.customer_saw,
        what_happened=incident.what_happened,
        how=incident.mechanism_words or _mechanism(incident),
        severity=incident.get_severity_display() if incident.severity else "",
        services=incident.services,
        regions=incident.regions,
        started=incident.started_at,
        detected=incident.detected_at,
        mitigated=incident.mitigated_at,
        resolved=incident.resolved_at,
        impact=_impact(actor, incident),
        entries=_entries(actor, incident),
        questions=tuple(map(_question, asked)),
        improvements=tuple(_improvement(one, labels) for one in improvements_of(actor, incident)),
        decision=DecisionFacts(decision.owner, decision.due_on) if decision else None,
    )


def _mechanism(incident: Incident) -> str:
    return next((m.in_a_sentence for m in load_default().mechanisms if m.key == incident.mechanism), "")


def _entries(actor: Actor, incident: Incident) -> tuple[EntryFacts, ...]:
    """Return the entries of the timeline; without any, the moments that are known."""
    entries = tuple(EntryFacts(one.at, one.words) for one in entries_of(actor, incident))
    if entries:
        return entries
    moments = [(getattr(incident, name), words) for name, words in (*_MOMENTS, *_ENDS)]
    return tuple(
        EntryFacts(at, words) for at, words in sorted((m for m in moments if m[0]), key=lambda m: m[0])
    )


def _impact(actor: Actor, incident: Incident) -> ImpactFacts | None:
    inputs = impact_inputs(actor, incident)
    if inputs is None:
        return None
    try:
        counted = impact_of(actor, incident)
    except ImpactError:
        counted = None  # the incident's page says what contradicts what
    if counted is None:
        return ImpactFacts(without_number=_without_number(inputs))
    total = (round(end) for end in (counted.total.low, counted.total.likely, counted.total.high))
    return ImpactFacts(
        spoken_range(*total, counted.currency) if counted.total.high else "",
        tuple(
            one.text if one.value in one.text else f"{one.text} ({one.value})" for one in counted.assumptions
        ),
        _without_number(inputs),
    )


def _without_number(inputs: ImpactInputs) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Support", inputs.get_support_display()),
        ("Other teams", inputs.get_teams_display()),
        ("Reputation", inputs.get_reputation_display()),
        ("What was said of us", inputs.reputation_words),
    )
    return tuple((term, words) for term, words in pairs if words.strip())


def _question(one: AskedQuestion) -> QuestionFacts:
    factors = tuple(FactorFacts(one.leaf_label(f.leaf), f.words, f.owner) for f in one.factors)
    asked = one.question.key != _FITS_ONLY_SOMETIMES
    if one.answer is None:
        return QuestionFacts(one.question.title, Answer.OPEN, factors=factors, asked=asked)
    answer = one.answer
    return QuestionFacts(
        one.question.title, Answer(answer.answer), answer.reason, answer.owner, answer.due_on, factors, asked
    )


def _improvement(one: Improvement, labels: dict[object, str]) -> ImprovementFacts:
    return ImprovementFacts(
        words=one.words,
        strength=one.get_strength_display().lower(),
        owner=one.owner,
        due_on=one.due_on,
        answers=tuple(labels[factor.pk] for factor in one.factors.all() if factor.pk in labels),
        tracker_link=one.tracker_link,
        # How long there still is would be wrong a day later on what is published.
        state="" if (found := one.standing(today())).key in {"open", "late"} else found.words,
        above_weaker=one.strength != Improvement.Strength.WEAKER and one.state != Improvement.State.DROPPED,
    )
