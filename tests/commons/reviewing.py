"""An incident whose review is to be written, and one that is ready to be published."""

import uuid
from datetime import UTC, date, datetime

from fairlead.commons.factors.services import factor_name
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services import improvement_plan
from fairlead.commons.reviews.selectors import draft_of
from fairlead.commons.reviews.services import review_publish, section_save

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def improve(actor, incident, strength="stronger") -> Improvement:
    factor = factor_name(
        actor,
        factor_id=uuid.uuid4(),
        incident=incident,
        question="A1",
        leaf="lab_differs",
        words="One route less",
    )
    return improvement_plan(
        actor,
        improvement_id=uuid.uuid4(),
        incident=incident,
        words="A second route in the lab",
        strength=strength,
        owner="Network team",
        due_on=date(2027, 1, 8),
        factors=[factor],
    )


def save(actor, incident, words, *, key="summary", sitting=None, edit=1, base=0):
    return section_save(
        actor,
        incident=incident,
        key=key,
        words=words,
        sitting=sitting or uuid.uuid4(),
        edit=edit,
        base=base,
    )


def publish(actor, incident, kept=None):
    return review_publish(actor, incident=incident, seen=draft_of(actor, incident).seen(), kept=kept or {})
