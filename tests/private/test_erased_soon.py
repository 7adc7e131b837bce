"""Before what was never closed is erased, both are told in time, once, by reminder and on the page."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from fairlead.core.visibility import Act
from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Case, Notice
from fairlead.private.cases.selectors import own_notices
from fairlead.private.cases.services import case_warn
from fairlead.private.conversations.services import text_save
from fairlead.private.talk.services import notice_read
from tests.private.closing import Closing

pytestmark = pytest.mark.django_db


class Forgotten(Closing):
    """A talk in which nobody writes any more; the days are those of its last month."""

    def forgotten(self) -> "Forgotten":
        self.work(date(2027, 2, 1))
        self.last = self.row().erase_on
        self.told_on = self.last - timedelta(days=30)
        return self

    def row(self) -> Case:
        return Case.objects.get(pk=self.case)

    def on(self, day: date, hour: int = 15):
        return clock.fixed(datetime.combine(day, time(hour), UTC))

    def work(self, day: date) -> None:
        """Do the work of a day as it comes: what it plans for the afternoon is done in the afternoon."""
        for hour in (1, 15):
            with self.on(day, hour):
                while work_once(100):
                    pass

    def notices(self):
        return Notice.objects.filter(case=self.case, key="erased_soon")

    def page(self, who: str, day: date) -> str:
        with self.on(day):
            return self.client(who).get(reverse("talk", args=[self.case])).content.decode()


@pytest.fixture
def talk(cast):
    talk = Forgotten(cast).forgotten()
    mail.outbox.clear()
    return talk


def test_thirty_days_before_each_of_the_two_gets_one_neutral_letter_and_reads_on_the_page_what_can_be_done(
    talk, cast
):
    talk.work(talk.told_on - timedelta(days=1))
    assert not talk.notices()
    assert "neither of you can read it any more" not in talk.page(
        "engineer", talk.told_on - timedelta(days=1)
    )
    mail.outbox.clear()
    for later in range(4):
        talk.work(talk.told_on + timedelta(days=later))
    assert {one.mark for one in talk.notices()} == {cast.actor("manager").mark, cast.actor("engineer").mark}
    # One letter tells of everything that waits that day, and the check-in that nobody holds waits as well.
    ours = [
        one
        for one in mail.outbox
        if one.subject in {"You have a note waiting", "You have a 1:1 check-in due"}
    ]
    assert sorted(one.to[0] for one in ours) == sorted([cast.manager.email, cast.engineer.email])
    for letter in ours:
        assert not any(word in letter.body.lower() for word in ("erase", "talk", "jonas", "amara", "closed"))
    for who in ("manager", "engineer"):
        page = talk.page(who, talk.told_on + timedelta(days=3))
        assert f"Erased on {talk.last:%a %-d %B %Y}" in page
        assert "or let the day come" in page


def test_the_words_name_the_day(talk, cast):
    talk.work(talk.told_on)
    with talk.on(talk.told_on):
        told = next(one for one in own_notices(cast.actor("engineer")) if one.key == "erased_soon")
        page = talk.client("engineer").get(reverse("notice", args=[told.pk])).content.decode()
    assert f"{talk.last:%-d %B %Y}" in page


def test_reading_it_is_no_entry_and_moves_no_day(talk, cast):
    talk.work(talk.told_on)
    with talk.on(talk.told_on):
        for one in own_notices(cast.actor("engineer")):
            if one.key == "erased_soon":
                notice_read(cast.actor("engineer"), one)
    talk.work(talk.told_on + timedelta(days=1))
    assert talk.row().erase_on == talk.last


def test_a_word_more_moves_the_day_takes_the_notice_back_and_warns_again_a_year_later(talk, cast):
    talk.work(talk.told_on)
    with talk.on(talk.told_on + timedelta(days=5)):
        opened = open_case(cast.actor("engineer"), talk.case, Act.WRITE_ACCOUNT)
        text_save(opened, slot="account", words="Still here.", sitting=uuid.uuid4(), edit=1, base=9)
    talk.work(talk.told_on + timedelta(days=5))
    assert talk.row().erase_on > talk.last + timedelta(days=300)
    assert not talk.notices().filter(read_at=None)
    assert "neither of you can read it any more" not in talk.page("manager", talk.told_on + timedelta(days=6))
    talk.work(talk.last)
    assert Case.objects.filter(pk=talk.case).exists()
    talk.work(talk.row().erase_on - timedelta(days=30))
    assert talk.notices().count() == 4


def test_what_was_closed_is_erased_on_its_day_without_a_word_more(cast):
    talk = Forgotten(cast)
    last = talk.sealed().erase_on
    for before in (31, 30, 29, 1):
        talk.work(last - timedelta(days=before))
        assert not talk.notices()
    with talk.on(last - timedelta(days=9)):  # also where an earlier plan happens to name the same day
        case_warn(talk.case, last)
    assert not talk.notices()
    talk.work(last)
    assert not Case.objects.filter(pk=talk.case).exists()


def test_a_server_that_slept_over_the_day_says_nothing_of_what_it_erases(talk):
    talk.work(talk.last + timedelta(days=2))
    assert not Case.objects.filter(pk=talk.case).exists()
    with talk.on(talk.last + timedelta(days=2)):
        case_warn(talk.case, talk.last)
    assert not Notice.objects.filter(key="erased_soon")


def test_one_that_slept_into_the_last_month_still_tells_both_before_the_day(talk):
    talk.work(talk.last - timedelta(days=2))
    assert talk.notices().count() == 2
