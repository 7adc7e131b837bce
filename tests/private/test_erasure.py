"""A case that is never closed is erased twelve months after its last entry, and then nothing can be read."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.commons.incidents.models import Incident
from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from fairlead.foundation.vault import erasure
from fairlead.foundation.vault.models import DataKey
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Case
from fairlead.private.cases.services import case_open
from fairlead.private.conversations.models import TextVersion
from fairlead.private.conversations.services import text_save
from fairlead.private.preparation.models import Preparation, TalkRequest
from fairlead.private.preparation.services import preparation_done, talk_ask
from fairlead.private.talk.erasure import case_erase_if_due

pytestmark = pytest.mark.django_db
OPENED = datetime(2026, 1, 29, 15, tzinfo=UTC)


@pytest.fixture
def case(cast):
    incident = Incident.objects.create(title="Routing loop", zone="UTC")
    with clock.fixed(OPENED):
        return case_open(
            cast.actor("manager"), case_id=uuid.uuid4(), engineer=cast.engineer, incident=incident
        )


def write(cast, case, at):
    with clock.fixed(at):
        opened = open_case(cast.actor("engineer"), case.pk, Act.WRITE_ACCOUNT)
        text_save(opened, slot="account", words="I tried it.", sitting=uuid.uuid4(), edit=1, base=0)


def work(at):
    with clock.fixed(at):
        while work_once(50):
            pass


def test_the_day_is_known_from_the_beginning(case):
    assert f"{case.erase_on}" == "2027-01-28"  # the first day counts


def test_an_entry_moves_the_day(cast, case):
    write(cast, case, OPENED + timedelta(days=40))
    work(OPENED + timedelta(days=40))
    case.refresh_from_db()
    assert f"{case.erase_on}" == "2027-03-09"


def test_on_its_day_the_key_goes_and_the_rows_with_it(cast, case):
    write(cast, case, OPENED + timedelta(hours=1))
    work(datetime(2027, 1, 27, 23, tzinfo=UTC))
    assert Case.objects.exists()
    work(datetime(2027, 1, 28, 0, 1, tzinfo=UTC))
    assert not Case.objects.exists()
    assert not TextVersion.objects.exists()
    assert not DataKey.objects.filter(pk=case.data_key).exists()
    assert erasure.is_erased(case.pk)
    assert Incident.objects.exists()


def test_a_plan_from_before_the_last_entry_erases_nothing(cast, case):
    write(cast, case, OPENED + timedelta(days=40))
    work(OPENED + timedelta(days=40))
    work(datetime(2027, 1, 28, 1, tzinfo=UTC))
    assert Case.objects.exists()
    assert OutboxRow.objects.filter(kind="case_erase", done_at=None).count() == 1


def test_erasing_goes_on_after_a_kill_between_its_steps(case):
    with clock.fixed(datetime(2027, 1, 28, 1, tzinfo=UTC)):
        erasure.begin(case.pk)
        erasure.key_destroyed(case.pk, case.data_key)
        assert case_erase_if_due(case.pk)
        assert case_erase_if_due(case.pk)
    assert not Case.objects.exists()


def test_what_stood_before_the_talk_goes_with_it(cast, case):
    with clock.fixed(OPENED):
        preparation_done(cast.actor("manager"), incident=case.incident)
        talk_ask(cast.actor("engineer"), incident=case.incident)
        talk_ask(cast.actor("teammate"), incident=case.incident)
    with clock.fixed(datetime(2027, 1, 28, 1, tzinfo=UTC)):
        assert case_erase_if_due(case.pk)
    assert not Preparation.objects.exists()
    assert TalkRequest.objects.count() == 1  # the teammate's own


def test_a_preparation_without_a_talk_is_forgotten_after_a_year(cast):
    incident = Incident.objects.create(title="Routing loop", zone="UTC")
    with clock.fixed(OPENED):
        preparation_done(cast.actor("manager"), incident=incident)
        talk_ask(cast.actor("engineer"), incident=incident)
    work(OPENED + timedelta(days=363))
    assert Preparation.objects.exists()
    work(OPENED + timedelta(days=366))
    assert not Preparation.objects.exists()
    assert not TalkRequest.objects.exists()
