"""Preparing: the statement says what is on record and nothing more, the card prints, and nobody is told."""

import io

import pytest
from pypdf import PdfReader

from fairlead.commons.impact.models import ImpactInputs
from fairlead.commons.incidents.models import Incident
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.private.cases.models import Notice
from fairlead.private.preparation.models import Preparation, TalkRequest
from fairlead.site.demo.story import load_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast):
    return load_incident(cast.actor("teammate"), clock.now().date())


def test_the_statement_carries_the_figures_of_the_incident(cast, incident):
    page = cast.client("manager").get(f"/prepare/{incident.pk}/").content.decode()
    assert "about USD 180,000" in page
    assert "1 h 5 min" in page
    assert "Support was flooded." in page


def test_without_figures_none_is_said(cast):
    bare = Incident.objects.create(title="Something", customer_saw="The shop was slow.", zone="UTC")
    ImpactInputs.objects.create(incident=bare, share_low=1, share_likely=1, share_high=1)
    page = cast.client("manager").get(f"/prepare/{bare.pk}/").content.decode()
    assert "USD" not in page
    assert "{" not in page.split('id="statement"')[1].split("</section>")[0]


def test_the_card_is_a_pdf_with_six_movements(cast, incident):
    answer = cast.client("manager").get(f"/prepare/{incident.pk}/card.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    pdf = PdfReader(io.BytesIO(answer.content))
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) <= 2
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "1 h 5 min" in words
    assert "Routing loop" in words


def test_looking_at_the_preparation_keeps_nothing(cast, incident):
    client, before = cast.client("manager"), AuditEntry.objects.count()
    client.get(f"/prepare/{incident.pk}/")
    client.get(f"/prepare/{incident.pk}/card.pdf")
    assert not Preparation.objects.exists()
    assert AuditEntry.objects.count() == before


def test_being_ready_keeps_a_moment_and_tells_nobody(cast, incident):
    client = cast.client("manager")
    for _ in range(2):
        client.post(f"/prepare/{incident.pk}/done/", {"calm": "yes", "outcome": "canary-outcome"})
    [kept] = Preparation.objects.values()
    assert set(kept) == {"id", "mark", "incident_id", "prepared_at"}
    assert not Notice.objects.exists()


def test_only_managers_prepare(cast, incident):
    for name in ("engineer", "teammate", "hr", "director", "operator"):
        client = cast.client(name)
        assert client.get("/prepare/").status_code == 404
        assert client.get(f"/prepare/{incident.pk}/").status_code == 404
        assert client.post(f"/prepare/{incident.pk}/done/").status_code == 404


def test_asking_for_the_talk_is_seen_by_the_manager_alone(cast, incident):
    cast.client("engineer").post(f"/incidents/{incident.pk}/ask-for-our-talk/")
    assert TalkRequest.objects.count() == 1
    assert "asks to talk with you" in cast.client("manager").get("/").content.decode()
    for name in ("teammate", "other_manager", "hr", "director", "operator"):
        assert "asks to talk" not in cast.client(name).get("/").content.decode()


def test_somebody_without_a_manager_is_told_so(cast, incident):
    refused = cast.client("hr").post(f"/incidents/{incident.pk}/ask-for-our-talk/")
    assert refused.status_code == 409
    assert "nobody to ask" in refused.content.decode()
