"""The form of an incident: what it shows is what is kept, to the second."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from fairlead.commons.incidents.forms import TIMES, IncidentForm
from fairlead.commons.incidents.services import incident_record

pytestmark = pytest.mark.django_db
STARTED = datetime(2026, 11, 19, 19, 27, 43, tzinfo=UTC)
RESOLVED = datetime(2026, 11, 19, 20, 32, tzinfo=UTC)


@pytest.fixture
def incident(cast):
    values = {"title": "Routing loop", "zone": "UTC", "started_at": STARTED, "resolved_at": RESOLVED}
    return incident_record(cast.actor("teammate"), incident_id=uuid.uuid4(), values=values)


def shown(form):
    """Return what the boxes of the times hold, as a browser would send it back."""
    return {name: (re.search(r'value="([^"]*)"', str(form[name])) or [None, ""])[1] for name in TIMES}


def test_saving_the_form_as_it_stands_drops_no_second(incident):
    form = IncidentForm.of(incident)
    assert shown(form)["started"] == "2026-11-19T19:27:43"
    sent = IncidentForm({**form.initial, **shown(form)})
    assert sent.is_valid(), sent.errors
    assert (sent.cleaned_data["values"]["started_at"], sent.cleaned_data["values"]["resolved_at"]) == (
        STARTED,
        RESOLVED,
    )
    assert shown(sent)["started"] == "2026-11-19T19:27:43"


def test_a_browser_is_told_to_take_seconds_only_where_there_are_some(incident):
    form = IncidentForm.of(incident)
    assert 'step="1"' in str(form["started"])
    assert shown(form)["resolved"] == "2026-11-19T20:32"
    assert "step" not in str(form["resolved"])


def test_what_happened_is_the_heart_of_the_page_and_not_an_extra(cast):
    page = cast.client("teammate").get(reverse("incident_by_hand")).content.decode()
    label = re.search(r"<label[^>]*>What happened.*?</label>", page)[0]
    assert "if you like" not in label
