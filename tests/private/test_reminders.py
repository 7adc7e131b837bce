"""Reminders: by real mail and into a real chat, neutral, outside quiet hours, once a day at most, never lost."""

import json
import uuid
from datetime import time

import pytest
from django.test import Client

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.people.models import Reminders
from fairlead.people.reminding import reached, reminders_set, working_times_set
from fairlead.private.cases.models import Notice
from fairlead.private.checkins.services import checkin_move, leave_enter, pace_set
from fairlead.private.talk.services import notice_read
from fairlead.site.today import today
from tests.foundation.test_http import Receiver
from tests.private.letters import open_letterbox
from tests.private.ninety import THURSDAY, Ninety, after, on, work

pytestmark = pytest.mark.django_db
DUE, NOTE = "You have a 1:1 check-in due", "You have a note waiting"


@pytest.fixture
def letterbox(settings, socket_enabled):
    box, stop = open_letterbox(settings)
    yield box
    stop()


@pytest.fixture
def talk(cast, letterbox):
    """The talk of the story, with everything read that was told until that evening."""
    with clock.fixed(on(THURSDAY, 13)):
        ninety = Ninety(cast)
        work(THURSDAY, 18)
        for who in ("manager", "engineer"):
            for notice in Notice.objects.filter(mark=cast.actor(who).mark):
                notice_read(cast.actor(who), notice)
        # The letters about improvements are the commons' own and come in the morning; here they would only be counted.
        OutboxRow.objects.filter(kind__startswith="improvement").delete()
        letterbox.letters.clear()
        yield ninety


def signed_in(cast, who) -> Client:
    """Return a browser of somebody, signed in at this moment of the test."""
    client = cast.client(who)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = clock.now().timestamp()
    session.save()
    return client


def subjects(letterbox, account) -> list[str]:
    return [letter["Subject"] for letter in letterbox.to(account)]


def test_on_the_day_of_a_check_in_each_of_the_two_gets_one_neutral_letter(talk, cast, letterbox):
    for hour in (0, 7):
        work(after(4), hour)
    assert letterbox.letters == [], "it is night where they are"
    for hour in (8, 9, 12, 18):
        work(after(4), hour)
    for account in (cast.manager, cast.engineer):
        [letter] = letterbox.to(account)
        assert letter["Subject"] == DUE
        whole = letter.as_string().replace(account.email, "")
        secrets = (
            "Amara",
            "Diallo",
            "Jonas",
            "Lindqvist",
            "Routing",
            "talk",
            str(talk.case),
            str(talk.next().pk),
        )
        assert [secret for secret in secrets if secret in whole] == []
        assert letter.get_content().split() == [
            "Something",
            "is",
            "waiting",
            "for",
            "you",
            "in",
            "Fairlead:",
            "http://127.0.0.1:8000/",
        ]


def test_two_who_are_far_apart_are_each_reminded_on_the_day_it_is_where_they_are(talk, cast, letterbox):
    """Three in the afternoon in Tokyo is one at night in New York, where the day has only just begun."""
    with clock.fixed(on(THURSDAY, 19)):
        working_times_set(cast.engineer, zone="Asia/Tokyo", working_week=range(5), country="", region="")
    work(THURSDAY, 20)
    with clock.fixed(on(after(1), 9)):
        row = checkin_move(
            talk.opened("manager", Act.FIX_CHECKIN), checkin=talk.next(), at=on(after(5), 1), edition=1
        )
        for notice in Notice.objects.filter(read_at=None, mark=cast.actor("engineer").mark):
            notice_read(cast.actor("engineer"), notice)
    assert (row.day, row.time) == (after(5), time(15))
    for hour in (10, 12, 19, 22):
        work(after(4), hour)
    assert letterbox.to(cast.manager) == [], "it is the day before in New York"
    assert subjects(letterbox, cast.engineer) == [DUE]
    work(after(5), 0)
    with clock.fixed(on(after(5), 0)):
        OutboxRow.objects.filter(kind="checkin_over", done_at=None).update(run_after=on(after(9)))
    work(after(5), 8)
    assert subjects(letterbox, cast.manager) == [DUE]


def test_nothing_is_sent_about_one_that_was_held_or_moved_meanwhile(talk, cast, letterbox):
    with clock.fixed(on(after(1))):
        checkin_move(talk.opened("manager", Act.FIX_CHECKIN), checkin=talk.next(), at=on(after(5)), edition=0)
        notice_read(cast.actor("engineer"), Notice.objects.get(key="checkin_moved"))
    work(after(4), 12)
    assert letterbox.letters == []


def test_everything_of_a_day_is_collected_into_one_letter(talk, cast, letterbox):
    with clock.fixed(on(after(1), 10)):
        opened = talk.opened("engineer", Act.FIX_CHECKIN)
        checkin_move(opened, checkin=talk.rows("planned")[1], at=on(after(7)), edition=0)
        leave = {"leave_id": uuid.uuid4(), "who": "engineer", "first": after(30), "last": after(31)}
        leave_enter(opened, **leave)
        pace_set(opened, pace={"week_1": 3})
    for hour in (10, 11, 15):
        work(after(1), hour)
    assert subjects(letterbox, cast.manager) == [NOTE]
    assert letterbox.to(cast.engineer) == []
    with clock.fixed(on(after(1), 16)):
        pace_set(opened, pace={"week_1": 1})
    work(after(1), 17)
    assert len(letterbox.letters) == 1, "what comes after the letter of the day waits for the next"
    for day in (2, 3):
        work(after(day), 12)
    assert len(letterbox.letters) == 1, "a weekend is quiet"
    work(after(4), 12)
    assert subjects(letterbox, cast.manager) == [NOTE, DUE]


def test_what_was_read_meanwhile_sends_nothing(talk, cast, letterbox):
    with clock.fixed(on(after(1), 5)):
        pace_set(talk.opened("engineer", Act.FIX_CHECKIN), pace={"week_1": 3})
        notice_read(cast.actor("manager"), Notice.objects.get(key="pace_changed"))
    work(after(1), 12)
    assert letterbox.letters == []


def test_quiet_hours_are_each_persons_own_where_they_are(talk, cast, letterbox):
    with clock.fixed(on(after(1), 5)):
        reminders_set(cast.engineer, by_mail=True, chat_url="", quiet_from=time(20), quiet_to=time(11, 30))
    work(after(4), 9)
    assert (len(letterbox.to(cast.manager)), len(letterbox.to(cast.engineer))) == (1, 0)
    work(after(4), 12)
    assert len(letterbox.to(cast.engineer)) == 1


def test_a_server_that_slept_into_the_night_sends_the_next_morning(talk, cast, letterbox):
    work(after(4), 0)
    work(after(4), 22)
    assert letterbox.letters == []
    work(after(5), 9)
    assert subjects(letterbox, cast.engineer) == [DUE], "the one of yesterday is caught up on today"


def test_a_reminder_that_comes_late_takes_the_place_of_its_day_and_does_not_double_it(talk, cast, letterbox):
    with clock.fixed(on(THURSDAY, 20)):
        pace_set(talk.opened("engineer", Act.FIX_CHECKIN), pace={"week_1": 3})
    work(THURSDAY, 20)  # planned for the next morning, and the server sleeps until the check-in
    for hour in (9, 10, 15):
        work(after(4), hour)
    assert len(letterbox.to(cast.manager)) == 1
    for hour in (9, 15):
        work(after(5), hour)
    assert len(letterbox.to(cast.manager)) == 2, "what still waits has its turn on the next day"


def test_no_header_tells_who_somebody_is_on_the_private_side(talk, cast, letterbox):
    work(after(4), 12)
    for _, letter in letterbox.letters:
        assert cast.actor("engineer").mark[:16] not in letter.as_string()
        assert cast.actor("manager").mark[:16] not in letter.as_string()


def test_somebody_who_wants_no_mail_gets_none_and_finds_it_on_today(talk, cast, letterbox):
    with clock.fixed(on(after(1), 5)):
        reminders_set(cast.engineer, by_mail=False, chat_url="", quiet_from=time(19), quiet_to=time(8))
    work(after(4), 12)
    assert letterbox.to(cast.engineer) == []
    with clock.fixed(on(after(4), 12)):
        assert [one.verb for one in today(cast.actor("engineer")).todo if "check-in" in one.title] == [
            "Open the check-in"
        ]


def test_an_address_that_is_refused_for_good_is_shown_to_its_owner_and_not_tried_again(talk, cast, letterbox):
    letterbox.refuses[cast.engineer.email] = "550 5.1.1 no such mailbox"
    work(after(4), 12)
    assert reached(cast.engineer).mail_refused_at == on(after(4), 12)
    assert OutboxRow.objects.filter(kind="remind_mail", done_at=None).count() == 0
    with clock.fixed(on(after(4), 13)):
        assert "Mail does not reach you" in [one.title for one in today(cast.actor("engineer")).todo]
        assert "Mail does not reach you" not in [one.title for one in today(cast.actor("manager")).todo]
    letterbox.refuses.clear()
    work(after(6), 12)
    assert reached(cast.engineer).mail_refused_at is None, "mail arrived, so that nothing is left to mend"


def test_a_letter_that_is_refused_with_its_words_is_shown_to_its_owner_and_quotes_nothing_private(
    talk, cast, letterbox
):
    letterbox.refuses_words[cast.engineer.email] = "554 5.7.1 looks like spam"
    work(after(4), 12)
    assert reached(cast.engineer).mail_refused_at == on(after(4), 12)
    assert reached(cast.manager).mail_refused_at is None
    [(_, sent_back)] = letterbox.sent_back
    for private in ("Amara", "Diallo", "Lindqvist", "Routing loop", "our talk", "lab"):
        assert private not in sent_back.as_string().replace(cast.engineer.email, "")
    with clock.fixed(on(after(4), 13)):
        page = signed_in(cast, "engineer").get("/settings/reminders/").content.decode()
        assert "Nothing is lost: everything waits on Today" in page
        assert cast.engineer.email in page
        other = signed_in(cast, "manager").get("/settings/reminders/").content.decode()
        assert "Mail does not reach you" not in other


def test_a_machine_that_slept_for_a_month_sends_one_letter_to_each_and_plans_one_check_in(
    talk, cast, letterbox
):
    work(after(34), 12)
    for account in (cast.manager, cast.engineer):
        assert [letter["Subject"] for letter in letterbox.to(account)] == [DUE]
    assert talk.days("planned")[0] == after(34)
    assert len(talk.rows("missed")) == 5


def test_a_server_that_is_busy_is_tried_again_until_it_takes_the_letter(talk, cast, letterbox):
    letterbox.refuses[cast.engineer.email] = "451 4.3.0 come back later"
    work(after(4), 9)
    assert letterbox.to(cast.engineer) == []
    letterbox.refuses.clear()
    work(after(4), 18)
    assert len(letterbox.to(cast.engineer)) == 1
    assert reached(cast.engineer).mail_refused_at is None


def test_the_chat_gets_the_same_neutral_words_and_the_key_of_the_work(talk, cast, letterbox, settings):
    settings.FAIRLEAD_CHAT_HOSTS, settings.FAIRLEAD_PRIVATE_HOSTS = ["127.0.0.1"], True
    with Receiver() as chat:
        with clock.fixed(on(after(1), 5)):
            url = f"http://127.0.0.1:{chat.port}/services/secret-token"
            reminders_set(cast.engineer, by_mail=False, chat_url=url, quiet_from=time(19), quiet_to=time(8))
        assert "secret-token" not in Reminders.objects.get(account=cast.engineer).chat_url
        work(after(4), 9)
        work(after(4), 12)
    [(path, headers, body)] = chat.got
    assert (path, json.loads(body)) == ("/services/secret-token", {"text": f"{DUE}: http://127.0.0.1:8000/"})
    assert headers["Idempotency-Key"] == str(OutboxRow.objects.get(kind="remind_chat").pk)
    assert letterbox.to(cast.engineer) == []


def test_a_chat_that_the_organisation_no_longer_allows_gets_nothing(talk, cast, letterbox, settings):
    settings.FAIRLEAD_CHAT_HOSTS, settings.FAIRLEAD_PRIVATE_HOSTS = ["hooks.slack.com"], True
    with Receiver() as chat:
        with clock.fixed(on(after(1), 5)):
            url = f"http://127.0.0.1:{chat.port}/x"
            reminders_set(cast.engineer, by_mail=True, chat_url=url, quiet_from=time(19), quiet_to=time(8))
        work(after(4), 12)
    assert chat.got == []
    assert len(letterbox.to(cast.engineer)) == 1


def test_a_chat_that_is_away_does_not_send_the_mail_again(talk, cast, letterbox, settings):
    settings.FAIRLEAD_CHAT_HOSTS, settings.FAIRLEAD_PRIVATE_HOSTS = ["127.0.0.1"], True
    with clock.fixed(on(after(1), 5)):
        url = "http://127.0.0.1:9/x"
        reminders_set(cast.engineer, by_mail=True, chat_url=url, quiet_from=time(19), quiet_to=time(8))
    for hour in (9, 12, 18):
        work(after(4), hour)
    assert len(letterbox.to(cast.engineer)) == 1
    assert OutboxRow.objects.filter(kind="remind_chat", done_at=None).count() == 1


def test_a_day_off_of_ones_own_is_quiet(talk, cast, letterbox):
    with clock.fixed(on(THURSDAY, 19)):
        working_times_set(
            cast.manager, zone="America/New_York", working_week=[1, 2, 3, 4], country="", region=""
        )
    work(after(4), 12)
    assert (len(letterbox.to(cast.manager)), len(letterbox.to(cast.engineer))) == (0, 1)


def test_the_page_keeps_what_was_chosen_and_says_what_is_wrong(cast, settings):
    client = cast.client("engineer")
    form = {
        "working_week": ["0", "1", "2", "3"],
        "zone": "Europe/Berlin",
        "country": "de",
        "region": "by",
        "by_mail": "on",
        "chat_url": "https://hooks.slack.com/services/x",
        "quiet_from": "18:00",
        "quiet_to": "09:00",
    }
    assert client.post("/settings/reminders/", form).status_code == 302
    cast.engineer.refresh_from_db()
    assert (cast.engineer.country, cast.engineer.region, cast.engineer.working_week) == ("DE", "BY", "0123")
    assert reached(cast.engineer).chat_url == "https://hooks.slack.com/services/x"
    page = client.get("/settings/reminders/").content.decode()
    assert 'value="18:00"' in page
    for changed, told in (
        ({"chat_url": "https://elsewhere.example/x"}, "not among those this organisation allows"),
        ({"country": "XX"}, "are not known here"),
        ({"region": "NOWHERE"}, "is not a region of"),
        ({"zone": "Mars/Base"}, "is not a time zone"),
        ({"working_week": []}, "This field is required"),
    ):
        answer = client.post("/settings/reminders/", {**form, **changed})
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_a_page_shows_the_address_once_and_ends_it(cast):
    client = cast.client("engineer")
    page = client.post("/settings/calendar/").content.decode()
    address = page.partition('readonly value="http://127.0.0.1:8000')[2].partition('"')[0]
    assert Client().get(address).status_code == 200
    again = client.get("/settings/reminders/").content.decode()
    assert address not in again
    assert "There is one." in again
    assert client.post("/settings/calendar/end/").status_code == 302
    assert Client().get(address).status_code == 404
