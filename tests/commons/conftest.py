"""An incident whose review is to be written, and one whose review is ready to be published."""

import uuid
from datetime import UTC, datetime

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.commons.incidents.services import incident_record
from fairlead.foundation import clock
from tests.commons.reviewing import NOW, improve
from tests.rules.world import answer_every_question, write_lesson


@pytest.fixture
def a_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def priya(cast):
    return cast.actor("teammate")


@pytest.fixture
def incident(priya) -> Incident:
    values = {
        "title": "Routing loop",
        "zone": "America/New_York",
        "what_happened": "A change looped.",
        "started_at": datetime(2026, 11, 19, 19, 27, tzinfo=UTC),
        "resolved_at": datetime(2026, 11, 19, 20, 32, tzinfo=UTC),
    }
    return incident_record(priya, incident_id=uuid.uuid4(), values=values)


@pytest.fixture
def ready(priya, incident) -> Incident:
    improve(priya, incident)
    answer_every_question(priya, incident)
    write_lesson(priya, incident)
    return incident
