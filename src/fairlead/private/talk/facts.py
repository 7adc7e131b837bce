"""Everything the spine and the guards of a talk go by, gathered in one place."""

from fairlead.commons.factors.selectors import questions_of
from fairlead.commons.impact.selectors import impact_inputs
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.selectors import decision_day_of, improvements_of
from fairlead.core.ledger import Side, State, ledger_missing
from fairlead.core.refusal import Missing
from fairlead.core.steps import TalkFacts
from fairlead.core.visibility import CaseState, Role
from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.models import Grant
from fairlead.private.cases.selectors import led_by
from fairlead.private.checkins.models import CheckIn
from fairlead.private.conversations.selectors import facts_told, has_read_record
from fairlead.private.preparation.models import Preparation
from fairlead.private.promises.selectors import entries_of
from fairlead.private.walks.selectors import current_walk, was_walked


def _prepared(opened: OpenCase) -> bool:
    """Whoever led it then was ready when the talk began; once it was held, that is behind both of them."""
    leads = led_by(opened.case)
    if opened.case.talk_ended_at is not None and (leads is None or leads.took_over):
        return True
    led = Grant.objects.filter(case=opened.case, role=Role.MANAGER).values("mark")
    return Preparation.objects.filter(mark__in=led, incident=opened.case.incident).exists()


def talk_facts(opened: OpenCase) -> TalkFacts:
    """Return what is known about a talk, without a word of what was said in it."""
    actor, incident, case = opened.actor, opened.case.incident, opened.case
    asked = questions_of(actor, incident) if incident else ()
    factors = [factor for one in asked for factor in one.factors]
    improvements = improvements_of(actor, incident) if incident else []
    promises = entries_of(opened)
    walk = current_walk(opened)
    missing = ledger_missing(promises, walk.stands if walk else None)
    accepted = [p for p in promises if p.state in {State.ACCEPTED, State.MET, State.NOT_MET}]
    hanging = [p for p in promises if p.state in {State.PROPOSED, State.DECLINED}]
    organisational = {one.question.key for one in asked if one.question.organisational}
    return TalkFacts(
        prepared=_prepared(opened),
        talk_ended=case.talk_ended_at is not None,
        facts_told=facts_told(opened),
        impact_known=bool(incident and impact_inputs(actor, incident)),
        read_by_engineer=has_read_record(opened, Role.ENGINEER),
        read_by_manager=has_read_record(opened, Role.MANAGER),
        type_recorded=was_walked(opened),
        open_questions=tuple(
            one.question.title for one in asked if one.answer is None and one.question.key != "X"
        ),
        factors=len(factors),
        factors_without_owner=sum(f.question in organisational and not f.owner.strip() for f in factors),
        improvements_above_weaker=sum(
            one.strength != Improvement.Strength.WEAKER and one.state != Improvement.State.DROPPED
            for one in improvements
        ),
        decision_day=bool(incident and decision_day_of(actor, incident)),
        ledger=tuple(Missing(one.code, one.words) for one in missing),
        engineer_promises_settled=was_walked(opened)
        and not any(p.owed_by is Side.ENGINEER for p in hanging)
        and not any(m.code.startswith("engineer") for m in missing),
        manager_promises_settled=any(p.owed_by is not Side.ENGINEER for p in accepted)
        and not any(p.owed_by is not Side.ENGINEER for p in hanging),
        first_checkin=CheckIn.objects.filter(case=case).exists(),
        agreed=case.state == CaseState.AGREED,
    )
