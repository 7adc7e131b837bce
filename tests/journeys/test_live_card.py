"""The live card: keys turn it, it dims by itself, it holds the sign-in."""

import re

import pytest

from tests.journeys import story
from tests.journeys.visitor import PHONE


@pytest.fixture
def card(manager, engineer):
    story.put_on_record(manager)
    story.prepare(manager)
    manager.page.clock.install()
    manager.page.get_by_label("With whom").select_option(label="Jonas Lindqvist")
    manager.send("Begin our talk")
    manager.page.locator("[data-where]").get_by_text("1 of 6").wait_for()
    return manager


def _at(card) -> str:
    return card.page.locator("[data-where]").inner_text()


def test_keys_turn_the_card_and_the_address_remembers_the_place(card):
    for key, place in [
        ("ArrowRight", "2 of 6"),
        ("PageDown", "3 of 6"),
        (" ", "4 of 6"),
        ("ArrowLeft", "3 of 6"),
    ]:
        card.page.keyboard.press(key)
        assert _at(card) == place
    assert card.page.locator("section[data-movement]:visible").count() == 1
    card.page.reload()
    assert _at(card) == "3 of 6"


def test_the_card_steps_back_by_itself_and_wakes_at_a_touch(card):
    assert card.page.locator(".live-card.is-dim").count() == 0
    card.page.clock.run_for(46_000)
    assert card.page.locator(".live-card.is-dim").count() == 1
    card.page.mouse.move(200, 200)
    assert card.page.locator(".live-card.is-dim").count() == 0


def test_an_open_card_holds_the_sign_in_by_itself(card):
    with card.page.expect_request(re.compile("heartbeat")) as beat:
        card.page.clock.run_for(4 * 60_000 + 1000)
    assert beat.value.response().status == 200


def test_a_few_words_caught_on_the_card_stand_in_the_notes(card):
    ours = card.page.url.partition("live/")[0]
    card.page.locator("section[data-movement]:visible textarea").fill("Not slept.")
    card.page.clock.run_for(2000)
    card.saved()
    card.go(ours + "notes/")
    assert card.page.get_by_label("1. ").input_value() == "Not slept."


def test_everything_on_the_card_fits_a_phone(card):
    card.page.set_viewport_size(PHONE)
    for _ in range(6):
        assert card.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        card.page.keyboard.press("ArrowRight")
