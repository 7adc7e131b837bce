"""Improvements are remembered after the incident is closed: by mail, once a stage, one letter a day for each."""

import os
import signal
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from fairlead.commons.factors.services import factor_name
from fairlead.commons.improvements.models import Improvement, Reminder
from fairlead.commons.improvements.services import improvement_done, improvement_follow, improvement_plan
from fairlead.commons.improvements.services_reminders import reminders_begin
from fairlead.commons.incidents.services import incident_record
from fairlead.commons.proofs.services import proving_report
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from tests.commons.reports import report
from tests.site.letterbox import open_letterbox

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)  # one o'clock in New York
DUE = date(2026, 12, 11)  # a Friday


@pytest.fixture
def letterbox(settings, socket_enabled):
    with open_letterbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def plan(cast, words="The lab gets the second route", owner="Network team", due_on=DUE):
    actor = cast.actor("other_manager")
    with clock.fixed(MONDAY):
        incident = incident_record(actor, incident_id=uuid.uuid4(), values={"title": "A loop", "zone": "UTC"})
        factor = factor_name(
            actor, factor_id=uuid.uuid4(), incident=incident, question="A1", leaf="lab_differs"
        )
        return improvement_plan(
            actor,
            improvement_id=uuid.uuid4(),
            incident=incident,
            words=words,
            strength="stronger",
            owner=owner,
            due_on=due_on,
            factors=[factor],
        )


def live(until, *, start=MONDAY):
    """Let the server live from hour to hour until a day in the evening."""
    at = start
    while at.date() <= until:
        with clock.fixed(at):
            while work_once(50):
                pass
        at += timedelta(hours=6)


def receivers(box):
    return sorted(to[0].partition("@")[0] for to, _ in box.letters)


def test_the_team_is_reminded_a_working_week_before_on_the_day_and_weekly_once_it_is_late(cast, letterbox):
    plan(cast)
    told = []
    for day in (date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 10), DUE, date(2026, 12, 17),
                date(2026, 12, 18), date(2026, 12, 24), date(2026, 12, 25)):  # fmt: skip
        live(day)
        told.append(len(letterbox.letters) // 3)
    assert told == [0, 1, 1, 2, 2, 3, 3, 4]
    assert set(receivers(letterbox)) == {"amara", "jonas", "priya"}
    assert list(Reminder.objects.order_by("on").values_list("stage", flat=True)) == [
        "before",
        "due",
        "late1",
        "late2",
    ]


def test_a_letter_says_what_and_whose_and_names_nobody(cast, letterbox):
    one = plan(cast)
    live(DUE + timedelta(days=7))
    to, letter = letterbox.letters[-1]
    text = letter.get_content()
    assert letter["Subject"] == "1 improvement to look at"
    assert "The lab gets the second route" in text
    assert "late by 7 days (11 December 2026), Network team" in text
    assert f"/improvements/{one.pk}/" in text
    whole = letter.as_string().replace(to[0], "")
    for name in ("Amara", "Diallo", "Jonas", "Lindqvist", "Priya", "Raman", "Tomas", "Vidal"):
        assert name not in whole


def test_everything_of_a_day_is_one_letter(cast, letterbox):
    for n in range(25):
        plan(cast, words=f"Change number{n}.")
    live(date(2026, 12, 4))
    assert receivers(letterbox) == ["amara", "jonas", "priya"]
    text = letterbox.letters[0][1].get_content()
    assert letterbox.letters[0][1]["Subject"] == "25 improvements to look at"
    assert text.count("- Change number") == 20
    assert "and 5 more: http" in text


def test_whoever_asked_is_reminded_where_no_team_is_meant_and_nobody_else(cast, letterbox):
    one = plan(cast, owner="Whoever leads payments")
    improvement_follow(cast.actor("director"), improvement=one, wanted=True)
    live(date(2026, 12, 4))
    assert receivers(letterbox) == ["lars"]
    improvement_follow(cast.actor("director"), improvement=one, wanted=False)
    live(DUE, start=datetime(2026, 12, 5, 18, tzinfo=UTC))
    assert receivers(letterbox) == ["lars"]


def test_somebody_of_the_team_who_asked_too_gets_one_letter(cast, letterbox):
    improvement_follow(cast.actor("engineer"), improvement=plan(cast), wanted=True)
    live(date(2026, 12, 4))
    assert receivers(letterbox) == ["amara", "jonas", "priya"]


def backed(one, by, until):
    Improvement.objects.filter(pk=one.pk).update(done_by=by, done_until=until, waits=False)


def test_what_is_proved_is_not_remembered(cast, letterbox):
    backed(plan(cast), "proof", DUE + timedelta(days=30))
    live(DUE)
    assert letterbox.letters == []


def test_what_is_only_called_done_is_remembered_and_said_to_be_so(cast, letterbox):
    one = plan(cast)
    with clock.fixed(MONDAY):
        improvement_done(
            cast.actor("teammate"), improvement_id=one.pk, edition=1, closing_words="It refused it."
        )
    live(DUE)
    text = letterbox.letters[-1][1].get_content()
    assert ", not proved (11 December 2026), Network team" in text
    assert "Done means proved, or waived by two people for a time." in text


def test_a_proof_that_ran_out_is_remembered_the_next_morning_and_weekly(cast, letterbox):
    one = plan(cast)
    backed(one, "proof", date(2026, 12, 17))  # a Thursday
    told = []
    for day in (date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 21), date(2026, 12, 25)):
        live(day)
        told.append(len(letterbox.letters) // 3)
    assert told == [0, 1, 1, 2]
    assert "its proof ran out on 17 December 2026, Network team" in letterbox.letters[-1][1].get_content()
    assert list(Reminder.objects.order_by("on").values_list("stage", flat=True)) == ["sdue", "slate1"]


def test_a_waiver_is_remembered_a_working_week_before_it_ends(cast, letterbox):
    one = plan(cast)
    backed(one, "waiver", date(2026, 12, 17))
    live(date(2026, 12, 9))
    assert letterbox.letters == []
    live(date(2026, 12, 10))
    assert "waived until 17 December 2026, Network team" in letterbox.letters[-1][1].get_content()


def test_proved_again_a_proof_that_runs_out_once_more_is_remembered_anew(cast, letterbox):
    one = plan(cast)
    backed(one, "proof", date(2026, 12, 3))
    live(date(2026, 12, 4))
    with clock.fixed(datetime(2026, 12, 4, 20, tzinfo=UTC)):
        proving_report(cast.actor("teammate"), name="drop", report=report(one.pk, max_age_days=4))
    sent = len(letterbox.letters)
    live(date(2026, 12, 8), start=datetime(2026, 12, 5, 18, tzinfo=UTC))
    assert len(letterbox.letters) == sent
    live(date(2026, 12, 9), start=datetime(2026, 12, 8, 20, tzinfo=UTC))
    assert len(letterbox.letters) == sent + 3


def test_what_is_proved_between_the_morning_and_the_letter_is_not_remembered(cast, letterbox):
    one = plan(cast)
    with clock.fixed(datetime(2026, 12, 4, 14, tzinfo=UTC)):
        work_once(1)
        while not OutboxRow.objects.filter(kind="improvement_letter").exists():
            assert work_once(1)
        backed(one, "proof", DUE)
        while work_once(50):
            pass
    assert letterbox.letters == []


def test_somebody_who_has_left_gets_nothing(cast, letterbox):
    plan(cast)
    cast.engineer.is_active = False
    cast.engineer.save()
    live(date(2026, 12, 4))
    assert receivers(letterbox) == ["amara", "priya"]


def test_a_server_that_slept_catches_up_once(cast, letterbox):
    plan(cast)
    with clock.fixed(datetime(2026, 12, 30, 14, tzinfo=UTC)):
        for _ in range(3):
            reminders_begin()
            while work_once(50):
                pass
    assert receivers(letterbox) == ["amara", "jonas", "priya"]
    assert Reminder.objects.get().stage == "late2"


def test_nobody_stands_in_the_rows_of_the_work(cast, letterbox):
    plan(cast)
    live(date(2026, 12, 4))
    rows = repr(list(OutboxRow.objects.filter(kind__startswith="improvement").values()))
    assert "letter" in rows
    for account in (cast.manager, cast.engineer, cast.teammate):
        assert str(account.pk) not in rows
        assert account.email not in rows


WORKER = Path(__file__).with_name("reminder_worker.py")


def _worker(data, port, number):
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("FAIRLEAD_", "DJANGO_"))}
    surroundings = {**kept, "FAIRLEAD_DATA": str(data), "FAIRLEAD_MAIL_URL": f"smtp://127.0.0.1:{port}"}
    return subprocess.Popen([sys.executable, str(WORKER), str(number)], env=surroundings)


@pytest.mark.slow
def test_a_killed_worker_loses_no_letter_and_doubles_none(tmp_path, socket_enabled):
    """The worker is killed at every letter that is on its way and not taken yet, and another one goes on."""
    at_work = []

    def kill():
        if len(box.letters) + kills[0] < 4:
            kills[0] += 1
            os.kill(at_work[-1].pid, signal.SIGKILL)
            at_work[-1].wait(20)
            raise ConnectionResetError

    kills = [0]
    with open_letterbox(kill) as box:
        assert _worker(tmp_path, box.port, 0).wait(60) == 0
        for number in range(1, 9):
            at_work.append(_worker(tmp_path, box.port, number))
            if at_work[-1].wait(60) == 0:
                break
    assert kills[0] == 4
    assert at_work[-1].returncode == 0
    assert receivers(box) == ["a", "b", "c"]
    assert len({letter["Message-ID"] for _, letter in box.letters}) == 3
