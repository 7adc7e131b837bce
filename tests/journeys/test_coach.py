"""The coach in the margin: it speaks while one writes, is silent when it cannot, and changes nothing unasked."""

import pytest
from playwright.sync_api import expect

from tests.journeys import story
from tests.journeys.visitor import PASSWORD

HARD = "Come in. What were you thinking? You were careless, and they told you\nto be more careful."


@pytest.fixture
def ours(manager) -> str:
    story.put_on_record(manager)
    story.prepare(manager)
    return story.begin(manager)


def box_of(page, number=2):
    return page.get_by_label(f"{number}. ")


def notes_of(page):
    return page.locator(".coach-note")


def selection(box):
    return box.evaluate("box => [box.selectionStart, box.selectionEnd, box.scrollTop, scrollY]")


def test_a_note_says_what_and_why_and_a_click_is_taken_back_by_ctrl_z(manager, ours):
    page = manager.go(ours + "notes/")
    box = box_of(page)
    box.press_sequentially(HARD)
    note = notes_of(page).first
    expect(note.locator("q")).to_have_text("What were you thinking")
    expect(note.locator(".coach-message")).to_have_text("This is a verdict in the shape of a question.")
    assert len(note.locator(".coach-why").inner_text()) > 40
    box.evaluate("box => box.setSelectionRange(3, 3)")
    before = selection(box)
    manager.click("Use “Walk me through what you saw.”")
    after = HARD.replace("What were you thinking?", "Walk me through what you saw.")
    assert box.input_value() == after
    assert selection(box) == before
    assert page.evaluate("document.activeElement.name") == "words"
    expect(page.get_by_text("This is a verdict in the shape")).to_have_count(0)
    page.keyboard.press("Control+z")
    assert box.input_value() == HARD
    expect(page.get_by_text("This is a verdict in the shape")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    assert box.input_value() == after
    manager.saved()
    page.reload()
    assert box_of(page).input_value() == after


def test_the_caret_and_the_page_stay_where_they_are(manager, ours):
    page = manager.go(ours + "notes/")
    box = box_of(page)
    text = "A quiet line.\n" * 60 + HARD + "\nA quiet line." * 60
    box.fill(text)
    box.evaluate(
        "box => { box.style.maxHeight = '12rem'; box.setSelectionRange(box.value.length, box.value.length); }"
    )
    expect(notes_of(page).first).to_be_visible()
    box.evaluate("box => { box.scrollTop = 300; scrollTo(0, 200); }")
    _, _, *scrolled = selection(box)
    page.get_by_role("button", name="Use “Walk me through what you saw.”").dispatch_event("click")
    caret, end, *still = selection(box)
    assert (caret, end) == (len(box.input_value()),) * 2
    assert still == scrolled


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("🙂🙂 What were you\nthinking?", "What were you\nthinking"),
        ("שלום 👩‍🚒 you were careless", "were careless"),
        ("a long line of an honest account " * 4000 + "\n\nYou were careless.", "were careless"),
    ],
)
def test_the_place_is_right_after_wide_signs_other_scripts_and_long_texts(manager, ours, text, words):
    page = manager.go(ours + "notes/")
    box = box_of(page)
    box.fill(text)
    expect(notes_of(page)).to_have_count(1, timeout=15_000)
    notes_of(page).get_by_title("Show it in the text").click()
    chosen = box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == words
    assert notes_of(page).locator("q").get_attribute("dir") == "auto"


def test_only_the_box_one_writes_in_is_spoken_of_and_the_same_words_once(manager, ours):
    page = manager.go(ours + "notes/")
    box_of(page, 2).fill("You were careless. Everybody saw that you were careless.")
    expect(notes_of(page)).to_have_count(1)
    expect(notes_of(page).locator(".coach-times")).to_have_text("2 times")
    box_of(page, 3).fill("What were you thinking?")
    expect(notes_of(page)).to_have_count(1)
    expect(notes_of(page).locator("q")).to_have_text("What were you thinking")
    manager.click("Show the notes")
    expect(notes_of(page).locator("q")).to_have_text("were careless")
    manager.click("Leave it: “were careless”")
    expect(notes_of(page)).to_have_count(0)
    expect(box_of(page, 2)).to_be_focused()
    page.keyboard.type(" Yes.")
    manager.saved()
    expect(notes_of(page)).to_have_count(0)


def test_without_a_line_it_is_silent_loses_nothing_and_comes_back(manager, ours):
    page = manager.go(ours + "promises/new/")
    box = page.get_by_label("What is promised")
    box.fill("You were careless.")
    expect(notes_of(page)).to_have_count(1)
    manager.context.set_offline(True)
    box.press("End")
    box.press_sequentially(" What were you thinking?")
    page.wait_for_timeout(1500)
    expect(notes_of(page)).to_have_count(1)
    box.press("Home")
    box.press_sequentially("So: ")
    notes_of(page).get_by_title("Show it in the text").click()
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "were careless"
    page.keyboard.type("ran the change")
    expect(notes_of(page)).to_have_count(0)
    assert page.locator("[role=alert]:visible").count() == 0
    assert box.input_value() == "So: You ran the change. What were you thinking?"
    manager.context.set_offline(False)
    expect(notes_of(page).locator("q")).to_have_text("What were you thinking", timeout=15_000)
    assert box.input_value() == "So: You ran the change. What were you thinking?"


def test_when_the_server_does_not_answer_it_is_silent_and_asks_again(manager, ours):
    page = manager.go(ours + "notes/")
    asked = []
    page.route(
        "**/coach/", lambda route: (asked.append(1), route.abort() if len(asked) == 1 else route.continue_())
    )
    box_of(page).fill("You were careless.")
    manager.saved()
    expect(notes_of(page)).to_have_count(0)
    expect(notes_of(page)).to_have_count(1, timeout=20_000)
    assert len(asked) == 2


def test_it_comes_back_after_a_sign_in_that_ended(manager, ours):
    page = manager.go(ours + "notes/")
    manager.context.clear_cookies(name="session")
    box_of(page).fill("You were careless.")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    expect(notes_of(page)).to_have_count(0)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in and go on").click()
    manager.saved()
    expect(notes_of(page)).to_have_count(1)
    assert box_of(page).input_value() == "You were careless."


def test_two_tabs_are_coached_each_for_its_own_words(manager, ours):
    first, second = manager.page, manager.tab()
    for tab in (first, second):
        tab.goto(ours + "promises/new/")
    first.get_by_label("What is promised").fill("You were careless.")
    second.get_by_label("What is promised").fill("What were you thinking?")
    expect(notes_of(first).locator("q")).to_have_text("were careless")
    expect(notes_of(second).locator("q")).to_have_text("What were you thinking")


def test_the_keyboard_reaches_a_rewrite_and_the_count_is_read_out(manager, ours):
    page = manager.go(ours + "notes/")
    box = box_of(page)
    box.focus()
    live = page.locator(".coach.is-open [aria-live=polite]")
    expect(live).to_have_text("")
    assert page.locator("[aria-live=polite]").count() == 1
    page.keyboard.type("What were you thinking?")
    expect(live).to_have_text("The coach marks 1 place.")
    page.keyboard.press("Tab")
    expect(page.get_by_title("Show it in the text")).to_be_focused()
    page.keyboard.press("Tab")
    rewrite = page.get_by_role("button", name="Use “Walk me through what you saw.”")
    expect(rewrite).to_be_focused()
    page.wait_for_timeout(1200)
    expect(rewrite).to_be_focused()
    page.keyboard.press("Enter")
    assert box.input_value() == "Walk me through what you saw."
    expect(box).to_be_focused()
    expect(live).to_have_text("")
    page.keyboard.press("Control+z")
    assert box.input_value() == "What were you thinking?"
    expect(page.get_by_role("group", name="What the coach says")).to_be_visible()


def test_who_is_named_is_said_by_the_coach_or_by_the_form_never_by_both(manager):
    incident = story.put_on_record(manager)
    page = manager.go(incident + "change/")
    saw = page.get_by_label("What the customer saw")
    saw.fill("Jonas Lindqvist was careless. Jonas Lindqvist ran it.")
    names = page.locator(".coach-note", has_text="is somebody's name")
    expect(names).to_have_count(1)
    expect(names.locator(".coach-times")).to_have_text("2 times")
    manager.click("Save")
    page.locator("[data-form-errors]").wait_for()
    saw.focus()
    expect(page.locator(".coach-note q")).to_have_text(["was careless"])
    assert page.get_by_text("is somebody's name").locator("visible=true").count() >= 1
    manager.click("Use the neutral words and save")
    page.wait_for_url(incident)

    page = manager.go(incident + "review/write/")
    lessons = page.locator("#section-lessons")
    lessons.locator("textarea").fill("Jonas knows: try it first.")
    lessons.locator("[data-places]").wait_for()
    expect(lessons.locator(".coach-note")).to_have_count(0)
    assert lessons.get_by_text("is somebody's name").count() == 1


def test_one_click_makes_every_place_neutral_and_one_ctrl_z_takes_it_back(manager):
    incident = story.put_on_record(manager)
    page = manager.go(incident + "change/")
    saw = page.get_by_label("What the customer saw")
    before = "Router 🙂 and Jonas Lindqvist.\nThen Jonas Lindqvist again, and the engineer Jonas Lindqvist."
    saw.fill(before)
    manager.click("Use “the engineer”")
    after = "Router 🙂 and the engineer.\nThen the engineer again, and the engineer Jonas Lindqvist."
    assert saw.input_value() == after
    manager.click("Leave the name out")
    assert saw.input_value() == after.removesuffix(" Jonas Lindqvist.") + "."
    page.keyboard.press("Control+z")
    assert saw.input_value() == after
    page.keyboard.press("Control+z")
    assert saw.input_value() == before
