"""Deciding the type, and asking a second, independent rater."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from fairlead.core.mistake import MistakeType, Suggestion, WalkNotFinishedError, suggest
from fairlead.core.playbook.reader import load_default
from fairlead.core.refusal import Missing, Refused
from fairlead.core.visibility import Act, Role
from fairlead.foundation import clock
from fairlead.foundation.vault.fields import seal_into
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.people.selectors import possible_second_raters
from fairlead.private.cases.door import OpenCase, lock, record
from fairlead.private.cases.ids import free_id
from fairlead.private.cases.models import Grant, Notice
from fairlead.private.cases.notices import notify
from fairlead.private.recurrence.services import refuse_against_the_record
from fairlead.private.walks.content import WalkContent, walk_answers
from fairlead.private.walks.models import SecondRating, Walk
from fairlead.private.walks.selectors import missing_before, open_rating

# The engineer is told before anybody else reads: reading begins when they have seen the notice, or a day later.
TOLD_BEFORE = timedelta(hours=24)
RATER_HAS = timedelta(hours=72)
STORED_NOTHING = frozenset({"leave_tool", "health_route"})


def _questions() -> dict[str, str]:
    walk = load_default().walk
    return {q.key: q.evidence_prompt for q in (*walk.questions, *walk.repeat_tests)}


def walk_suggest(answers: dict[str, str]) -> Suggestion:
    """Return the suggestion for answers that need not be saved. Raises Refused naming the questions still open."""
    try:
        return suggest(walk_answers(answers))
    except WalkNotFinishedError as open_still:
        titles = {q.key: q.text for q in load_default().walk.questions}
        raise Refused(
            "The walk is not finished yet. Nothing was stored.",
            missing=tuple(Missing(key, titles.get(key, key)) for key in open_still.questions),
        ) from None
    except ValueError:
        raise Refused(
            "One of the answers is not among the choices. Nothing was stored; open the walk again."
        ) from None


def _refuse_without_grounds(content: WalkContent) -> None:
    """Every answer that says yes or no rests on evidence, and the decision on reasons."""
    prompts = _questions()
    known = {
        key for key, answer in content.answers.items() if answer not in {"", "unknown"} and prompts.get(key)
    }
    bare = [key for key in known if not content.evidence.get(key, "").strip()]
    missing = [Missing(f"evidence_{key}", f"What shows it: {prompts[key]}") for key in prompts if key in bare]
    if not content.action.strip():
        missing.insert(0, Missing("action", "Which one action this is about, in a sentence."))
    if not content.reasons.strip():
        missing.append(Missing("reasons", "Your reasons, in your own words. The engineer reads them."))
    if missing:
        raise Refused(
            "Each answer needs what it rests on. Nothing was lost; complete it and decide.",
            missing=tuple(missing),
        )


def _checked(
    *, action: str, answers: dict[str, str], evidence: dict[str, str], decision: int | None, reasons: str
) -> WalkContent:
    suggestion = walk_suggest(answers)
    if suggestion.exit in STORED_NOTHING:
        raise Refused("Here the walk ends, and nothing of it is stored.")
    if suggestion.exit == "systemic_only":
        decision = None
    elif decision not in {member.value for member in MistakeType}:
        raise Refused(
            "Decide on one of the four types. The suggestion is only a suggestion.", field="decision"
        )
    elif decision == MistakeType.REPEAT and suggestion.missed_repeat_tests:
        names = {q.key: q.text for q in load_default().walk.repeat_tests}
        raise Refused(
            "This cannot be called a repeat: all six tests have to be met.",
            missing=tuple(Missing(key, names.get(key, key)) for key in suggestion.missed_repeat_tests),
            field="decision",
        )
    elif decision == MistakeType.REPEAT and answers.get("repeat") != "yes":
        raise Refused(
            "This cannot be called a repeat: no earlier talk about the same mechanism was named.",
            field="decision",
        )
    suggested = suggestion.type.value if suggestion.type else None
    # Evidence stands beside its answer. Without one it would be on no page, and a note nobody else sees.
    evidence = {key: words for key, words in evidence.items() if answers.get(key)}
    content = WalkContent(action, answers, evidence, suggested, decision, reasons)
    _refuse_without_grounds(content)
    return content


def refuse_too_early(opened: OpenCase) -> None:
    """Raise Refused while the talk was not held or nothing is told yet."""
    missing = missing_before(opened)
    if missing:
        raise Refused("What kind of mistake it was comes after the talk, not before.", missing=missing)


def walk_decide(
    opened: OpenCase,
    *,
    walk_id: UUID,
    action: str,
    answers: dict[str, str],
    evidence: dict[str, str],
    decision: int | None,
    reasons: str,
) -> Walk:
    """Keep a walk and what a person decided. The same id twice is one walk; an earlier one stays in the history.

    Raises Refused for open questions, missing evidence or reasons, for answers about a repeat that say more than the
    record shows, and where the walk ends without anything being stored; NotForYou for the wrong hand.
    """
    opened.must(Act.WALK)
    refuse_too_early(opened)
    content = _checked(action=action, answers=answers, evidence=evidence, decision=decision, reasons=reasons)
    refuse_against_the_record(opened, answers)
    with transaction.atomic():
        lock(opened)
        existing = Walk.objects.filter(pk=walk_id, case=opened.case).first()
        if existing is not None:
            return existing
        walk = Walk(pk=free_id(Walk, walk_id), case=opened.case, decided_at=clock.now())
        seal_into(opened.envelope, walk, content=content.as_json())
        walk.save(force_insert=True)
        _end_waiting_raters(opened)
        record(opened, "walk.decided", walk=walk.pk)
    return walk


def _end_waiting_raters(opened: OpenCase) -> None:
    """A rater who has not answered was asked about a walk that no longer counts: their reading ends."""
    Grant.objects.filter(case=opened.case, role=Role.SECOND_RATER, ends_at__gt=clock.now()).update(
        starts_at=clock.now(), ends_at=clock.now()
    )


def rater_invite(opened: OpenCase, *, walk: Walk, rater: Account) -> SecondRating:
    """Ask a second rater: the engineer is told first, the rater's own grant ends by itself.

    Raises Refused when the type needs no second rater (the caller has checked), the person is one of the two, cannot
    rate, or was asked already; NotForYou for the wrong hand.
    """
    opened.must(Act.INVITE_RATER)
    rater_mark, now = mark(rater.pk), clock.now()
    two = set(
        Grant.objects.filter(case=opened.case).exclude(role=Role.SECOND_RATER).values_list("mark", flat=True)
    )
    if rater_mark in two or not possible_second_raters(excluding=()).filter(pk=rater.pk).exists():
        raise Refused(
            "Ask a manager who is neither of you two: the second look has to be independent.", field="rater"
        )
    with transaction.atomic():
        lock(opened)
        if Grant.objects.filter(case=opened.case, mark=rater_mark).exists():
            raise Refused("This person was asked before. Ask somebody else.", field="rater")
        waiting = walk.second_ratings.filter(answered_at=None).values("mark")
        if Grant.objects.filter(case=opened.case, mark__in=waiting, ends_at__gt=now).exists():
            raise Refused("Somebody has been asked already and has not answered yet.", field="rater")
        rating = SecondRating.objects.create(walk=walk, mark=rater_mark, invited_at=now)
        opens = now + TOLD_BEFORE
        Grant.objects.create(
            case=opened.case,
            mark=rater_mark,
            role=Role.SECOND_RATER,
            starts_at=opens,
            ends_at=opens + RATER_HAS,
        )
        record(opened, "rater.invited", rating=rating.pk)
        notify(opened.case, opened.other_mark(), "second_rater_announced", at=now)
        notify(opened.case, rater_mark, "second_rater_invited", at=opens)
    return rating


def rater_may_begin(announcement: Notice) -> None:
    """Open the time of the rater who was announced, now that the engineer has read it; in the caller's transaction."""
    now, case = clock.now(), announcement.case
    announced = SecondRating.objects.filter(walk__case=case, invited_at=announcement.made_at).values("mark")
    grant = Grant.objects.filter(case=case, mark__in=announced, starts_at__gt=now).first()
    if grant is None:
        return
    grant.starts_at, grant.ends_at = now, now + RATER_HAS
    grant.save(update_fields=["starts_at", "ends_at"])
    Notice.objects.filter(case=case, mark=grant.mark, made_at__gt=now).delete()
    notify(case, grant.mark, "second_rater_invited", at=now)


def rating_give(
    opened: OpenCase, *, answers: dict[str, str], evidence: dict[str, str], decision: int | None, reasons: str
) -> SecondRating:
    """Keep the second rater's own walk; with it their reading ends. Raises as `walk_decide` does."""
    opened.must(Act.RATE)
    content = _checked(
        action="the same action", answers=answers, evidence=evidence, decision=decision, reasons=reasons
    )
    with transaction.atomic():
        lock(opened)
        rating = open_rating(opened)
        if rating is None:
            raise Refused("Your answer is already kept. Thank you.")
        rating.answered_at = clock.now()
        seal_into(opened.envelope, rating, content=content.as_json())
        rating.save()
        Grant.objects.filter(case=opened.case, mark=opened.actor.mark, role=Role.SECOND_RATER).update(
            ends_at=rating.answered_at
        )
        record(opened, "rater.answered", rating=rating.pk)
    return rating
