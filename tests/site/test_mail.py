"""What leaves by mail says that something waits, and nothing of what it is. A real SMTP conversation."""

import socket
import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from fairlead.commons.incidents.models import Incident
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.private.cases.models import Notice
from fairlead.private.cases.services import case_open
from fairlead.private.preparation.services import preparation_done, talk_ask
from fairlead.private.talk.services import notice_read

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 22, tzinfo=UTC)


class Letterbox:
    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name is aiosmtpd's own
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@pytest.fixture
def letterbox(settings, socket_enabled):
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


@pytest.fixture
def incident(db):
    return Incident.objects.create(title="Routing loop in every region", zone="UTC")


def work(at):
    with clock.fixed(at):
        while work_once(50):
            pass


def opened(cast, incident):
    with clock.fixed(THURSDAY):
        return case_open(
            cast.actor("manager"), case_id=uuid.uuid4(), engineer=cast.engineer, incident=incident
        )


def test_opening_a_talk_sends_the_engineer_one_neutral_letter(cast, incident, letterbox):
    case = opened(cast, incident)
    work(THURSDAY)
    work(THURSDAY)
    [(to, letter)] = letterbox.letters
    assert to == [cast.engineer.email]
    assert letter["Subject"] == "You have a note waiting"
    whole = letter.as_string()
    for secret in ("Amara", "Diallo", "Jonas", "Routing", "loop", "talk", str(case.pk), str(incident.pk)):
        assert secret not in whole.replace(cast.engineer.email, "")
    assert "http://127.0.0.1:8000/" in letter.get_content()


def test_a_notice_that_was_read_meanwhile_sends_nothing(cast, incident, letterbox):
    opened(cast, incident)
    with clock.fixed(THURSDAY):
        notice_read(cast.actor("engineer"), Notice.objects.get(key="case_opened"))
    work(THURSDAY)
    assert letterbox.letters == []


def test_a_prepared_talk_that_has_not_begun_is_remembered_after_one_and_three_working_days(
    cast, incident, letterbox
):
    with clock.fixed(THURSDAY):
        preparation_done(cast.actor("manager"), incident=incident)
    work(THURSDAY + timedelta(hours=20))
    assert letterbox.letters == []
    work(THURSDAY + timedelta(days=1, minutes=1))
    assert [to for to, _ in letterbox.letters] == [[cast.manager.email]]
    work(THURSDAY + timedelta(days=4, minutes=1))  # Monday is the second working day
    assert len(letterbox.letters) == 1
    work(THURSDAY + timedelta(days=5, minutes=1))
    assert len(letterbox.letters) == 2
    assert letterbox.letters[0][1]["Subject"] == "Something is still open for you"


def test_a_talk_that_has_begun_is_not_remembered(cast, incident, letterbox):
    with clock.fixed(THURSDAY):
        preparation_done(cast.actor("manager"), incident=incident)
    opened(cast, incident)
    work(THURSDAY + timedelta(days=9))
    assert cast.manager.email not in [to for letter in letterbox.letters for to in letter[0]]


def test_asking_for_the_talk_reaches_the_manager_once(cast, incident, letterbox):
    for _ in range(2):
        with clock.fixed(THURSDAY):
            talk_ask(cast.actor("engineer"), incident=incident)
    work(THURSDAY)
    [(to, letter)] = letterbox.letters
    assert to == [cast.manager.email]
    assert letter["Subject"] == "You are asked for a 1:1"
    assert "Jonas" not in letter.as_string()


def test_somebody_who_has_left_gets_nothing(cast, incident, letterbox):
    opened(cast, incident)
    cast.engineer.is_active = False
    cast.engineer.save()
    work(THURSDAY)
    assert letterbox.letters == []
