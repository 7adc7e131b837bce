"""Today leads to a talk that goes on, also while nothing waits, and leads nobody else there."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from fairlead.foundation import clock
from tests.private.closing import Closing
from tests.private.ninety import Ninety, after, on

pytestmark = pytest.mark.django_db


def page_of(ninety, who):
    return re.sub(r"\s+", " ", ninety.client(who).get("/").content.decode())


def test_a_talk_that_goes_on_stands_on_both_peoples_today_with_its_next_day(cast):
    ninety = Ninety(cast)
    with clock.fixed(on(after(0), 20)):
        for who, other in (("manager", cast.engineer), ("engineer", cast.manager)):
            page = page_of(ninety, who)
            assert f'<a href="{reverse("talk", args=[ninety.case])}">With {other.name}</a>' in page
            assert "Next check-in: Mon 18 January 2027" in page


@pytest.mark.parametrize("who", ["teammate", "hr", "director", "operator", "other_manager"])
def test_nobody_else_finds_a_talk_on_today(cast, who):
    ninety = Ninety(cast)
    with clock.fixed(on(after(0), 20)):
        page = page_of(ninety, who)
    assert "Our talks" not in page
    assert cast.engineer.name not in page


def test_who_was_away_finds_no_talk_before_showing_who_it_is(cast):
    ninety = Ninety(cast)
    with clock.fixed(on(after(0), 20)):
        manager = ninety.client("manager")
    with clock.fixed(on(after(0), 20) + timedelta(hours=9)):
        page = manager.get("/").content.decode()
    assert "You were away for a while" in page
    assert "Our talks" not in page


def test_a_sealed_talk_stands_there_no_more(cast):
    closing = Closing(cast)
    closing.sealed()
    with closing.at_the_end():
        for who in ("manager", "engineer"):
            assert "Our talks" not in page_of(closing, who)


def test_the_engineer_of_a_talk_that_is_led_is_not_told_that_nobody_leads_it(cast):
    ninety = Ninety(cast)
    with clock.fixed(on(after(0), 20)):
        for who in ("manager", "engineer"):
            page = ninety.client(who).get(reverse("talk", args=[ninety.case])).content.decode()
            assert "Nobody leads our talk" not in page, who
            assert "What an end still waits for" in page, who
        answer = ninety.client("engineer").get(reverse("go_on", args=[ninety.case])).content.decode()
        assert "Our talk has somebody who leads it" in answer
