"""Practising the opening in a browser: spoken with the keyboard, marked line by line, forgotten with the page."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_every_page import Inspector
from tests.journeys.visitor import PASSWORD, PHONE

HARD, KIND = "What were you thinking? You were careless.", "How are you? Thank you for coming."


def say(page, words):
    page.get_by_role("textbox", name="What do you say?").or_(page.get_by_label("And then?")).fill(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".spoken .mine").last).to_contain_text(words)


def forget_what_htmx_logged(person):
    """The exchange that failed is written to the console by htmx; anything else is a complaint."""
    assert all("htmx" in line or "Response Status Error Code 401" in line for line in person.complaints)
    person.complaints.clear()


def test_it_is_played_with_the_keyboard_and_heard_by_who_cannot_see(manager):
    page = manager.go("/rehearse/")
    link = page.get_by_role("link", name="Devastated")
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("What do you say?")
    expect(box).to_be_focused()
    page.keyboard.type(HARD)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Say it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".mine mark").first).to_be_visible()
    heard = page.get_by_role("status").and_(page.locator("#answered"))
    expect(heard).to_contain_text("in your line.")
    expect(heard).to_contain_text(page.locator(".theirs").last.inner_text())
    box = page.get_by_label("And then?")
    expect(box).to_be_focused()
    page.keyboard.type(KIND)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".mine")).to_have_count(2)
    assert page.locator(".mine").last.locator("mark").count() == 0
    expect(heard).not_to_contain_text("in your line.")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="End here and look back")).to_be_focused()
    page.keyboard.press("Enter")
    back = page.locator(".looking-back")
    expect(back).to_be_focused()
    expect(back.locator(".advice .said")).to_have_text([HARD])
    assert page.locator("textarea").count() == 0
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Once more")).to_be_focused()


def test_without_a_line_nothing_is_lost_and_it_goes_on(manager):
    page = manager.go("/rehearse/silent/")
    say(page, KIND)
    manager.context.set_offline(True)
    page.get_by_label("And then?").fill("Take your time.")
    manager.click("Say it")
    away = page.get_by_role("alert")
    expect(away).to_contain_text("Nothing is lost: your words are on this page.")
    expect(page.get_by_label("And then?")).to_have_value("Take your time.")
    expect(page.get_by_label("And then?")).to_be_focused()
    assert page.locator(".mine").count() == 1
    manager.context.set_offline(False)
    manager.click("Say it")
    expect(page.locator(".mine")).to_have_count(2)
    assert page.locator("[role=alert]:visible").count() == 0
    forget_what_htmx_logged(manager)


def test_a_sign_in_that_ended_is_asked_for_and_the_line_is_said(manager):
    page = manager.go("/rehearse/silent/")
    say(page, KIND)
    manager.context.clear_cookies(name="session")
    page.get_by_label("And then?").fill("Take your time.")
    manager.click("Say it")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and go on").click()
    expect(page.locator(".mine")).to_have_count(2)
    expect(page.locator(".mine").first).to_contain_text(KIND)
    forget_what_htmx_logged(manager)


@pytest.mark.parametrize("how", ["reload", "back"])
def test_going_away_forgets_it_all(manager, how):
    page = manager.go("/rehearse/")
    manager.click("Silent", "link", exact=False)
    say(page, HARD)
    if how == "reload":
        page.reload()
    else:
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Practise the opening")
        page.go_forward()
    expect(page.get_by_label("What do you say?")).to_have_value("")
    assert page.locator(".mine").count() == 0
    assert "careless" not in page.content()


def test_without_a_script_it_works_as_well(come):
    manager = come("amara", java_script_enabled=False)
    page = manager.go("/rehearse/defensive/")
    manager.write("What do you say?", HARD)
    manager.click("Say it")
    manager.write("And then?", KIND)
    manager.click("Say it")
    assert page.locator(".mine").count() == 2
    manager.click("End here and look back")
    assert manager.sees("most worth changing")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_beginning_middle_and_end_are_sound_in_both_themes_and_on_a_phone(come, theme):
    manager, inspect = come("amara", theme=theme, viewport=PHONE), Inspector()
    page = manager.go("/rehearse/")
    inspect(manager, "choose")
    page = manager.go("/rehearse/overloaded/")
    inspect(manager, "beginning")
    say(page, HARD)
    say(page, "x" * 300 + " it is no big deal.")
    inspect(manager, "middle")
    manager.click("End here and look back")
    expect(page.locator(".looking-back")).to_be_visible()
    inspect(manager, "end")
    assert inspect.found == []
