"""Nobody's words are lost: two tabs, a sign-in that ends, a network that goes away."""

import pytest

from tests.journeys import story
from tests.journeys.visitor import PASSWORD


@pytest.fixture
def ours(manager, engineer) -> str:
    story.put_on_record(manager)
    story.prepare(manager)
    return story.begin(manager)


def _box(page):
    return page.get_by_label("2. ")


def test_two_tabs_write_the_same_note_and_the_second_sees_both(manager, ours):
    first, second = manager.page, manager.tab()
    for tab in (first, second):
        tab.goto(ours + "notes/")
    _box(first).fill("From the first tab.")
    first.locator("[data-save-state][data-state=saved]").wait_for()
    _box(second).fill("From the second tab.")
    both = second.get_by_role("group", name="Both are kept")
    both.wait_for()
    assert "From the first tab." in both.inner_text()
    assert "From the second tab." in both.inner_text()
    second.get_by_role("button", name="Bring theirs in below mine").click()
    second.locator("[data-save-state][data-state=saved]").wait_for()
    first.goto(ours + "notes/")
    assert _box(first).input_value() == "From the second tab.\n\nFrom the first tab."
    assert first.get_by_text("Earlier versions").count() == 1


def test_a_sign_in_that_ends_while_writing_comes_back_as_a_dialog_and_the_words_are_saved(manager, ours):
    page = manager.go(ours + "notes/")
    manager.context.clear_cookies(name="session")
    _box(page).fill("Written while signed out.")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert "Your words are still here" in dialog.inner_text()
    assert _box(page).input_value() == "Written while signed out."
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and go on").click()
    page.locator("[data-save-state][data-state=saved]").wait_for()
    page.reload()
    assert _box(page).input_value() == "Written while signed out."


def test_a_form_sent_after_the_sign_in_ended_keeps_what_was_filled_in(manager, ours):
    page = manager.go(ours + "promises/new/")
    manager.pick("owed_by", "manager")
    manager.write("What is promised", "I move the date.")
    manager.write("By", story.in_days(9), exact=True)
    manager.context.clear_cookies(name="session")
    manager.click("Propose it")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and go on").click()
    page.wait_for_url(ours)
    assert manager.sees("I move the date.")


def test_words_written_while_the_network_is_away_are_saved_when_it_returns(manager, ours):
    page = manager.go(ours + "notes/")
    manager.context.set_offline(True)
    _box(page).fill("Written on a train.")
    page.get_by_text("Not saved yet. Your words are on this page; trying again.").wait_for()
    manager.context.set_offline(False)
    page.locator("[data-save-state][data-state=saved]").wait_for(timeout=40_000)
    page.reload()
    assert _box(page).input_value() == "Written on a train."


def test_emoji_right_to_left_and_a_long_text_come_back_as_they_were_written(manager, engineer, ours):
    words = "🙂 שלום. مرحبا\n\n" + "a long line of an honest account " * 4000
    engineer.go(ours + "account/")
    engineer.page.get_by_label("What happened").fill(words)
    engineer.page.locator("[data-save-state][data-state=saved]").wait_for(timeout=20_000)
    engineer.page.reload()
    assert engineer.page.get_by_label("What happened").input_value() == words
