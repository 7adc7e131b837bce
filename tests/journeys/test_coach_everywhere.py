"""The coach in every editor: what everybody reads, and what belongs to two; and nothing of a draft is left anywhere."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import story
from tests.journeys.house import open_house
from tests.journeys.test_every_page import Inspector
from tests.journeys.visitor import visiting

FOR_EVERYBODY = "The operator was careless."
FOR_ONE = "You were careless."
BOXES = "main :is(textarea, input[type=text][dir=auto])[data-coached]"
CANARY = "zimtstern-4711"


def speaks_in_every_box(person, path: str, words: str) -> int:
    """Write in each box of a page and see the coach beside it; returns how many there were."""
    page = person.go(path)
    expect(page.locator(".coach").first).to_be_attached()
    boxes = page.locator(BOXES).locator("visible=true").all()
    for box in boxes:
        box.fill(words)
        note = page.locator(".coach.is-open q")
        expect(note.filter(has_text="were careless" if words == FOR_ONE else "was careless")).to_have_count(1)
        box.fill("")
        expect(note.filter(has_text="careless")).to_have_count(0)
    return len(boxes)


def test_what_was_pasted_is_left_alone_and_what_is_made_of_it_is_not(manager):
    page = manager.go("/incidents/new/")
    page.get_by_label("A sentence").fill(
        "Routing loop at 14:27, shop down until 15:32. The operator was careless."
    )
    page.wait_for_timeout(1200)
    assert page.locator(".coach").count() == 0
    manager.send("See what was understood")
    assert speaks_in_every_box(manager, page.url, FOR_EVERYBODY) >= 3


def test_it_speaks_in_every_editor(manager, engineer):
    incident, ours = story.to_agreed(manager, engineer)
    for person, path, words, at_least in (
        (manager, "/incidents/new/by-hand/", FOR_EVERYBODY, 3),
        (manager, incident + "change/", FOR_EVERYBODY, 3),
        (manager, incident + "timeline/new/", FOR_EVERYBODY, 1),
        (manager, incident + "improvements/new/", FOR_EVERYBODY, 2),
        (manager, incident + "impact/", FOR_EVERYBODY, 1),
        (manager, incident + "review/write/", FOR_EVERYBODY, 5),
        (manager, ours + "message/", FOR_EVERYBODY, 1),
        (manager, ours + "notes/", FOR_ONE, 6),
        (manager, ours + "promises/new/", FOR_ONE, 2),
        (manager, ours + "check-ins/seen/", FOR_ONE, 1),
        (manager, ours + "closing/", FOR_ONE, 1),
        (engineer, ours + "account/", FOR_ONE, 1),
    ):
        assert speaks_in_every_box(person, path, words) >= at_least, path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_with_notes_is_sound_in_both_themes_and_sizes(come, theme):
    manager, inspect = come("amara", theme=theme), Inspector()
    incident = story.put_on_record(manager)
    page = manager.go(incident + "change/")
    page.get_by_label("What the customer saw").fill(
        f"Jonas Lindqvist {'x' * 70} was careless. He should have tested it."
    )
    page.get_by_label("What happened").fill(FOR_EVERYBODY)
    expect(page.locator(".coach.is-open .coach-note")).to_have_count(1)
    inspect(manager, "notes below another box")
    page.get_by_label("What the customer saw").focus()
    expect(page.locator(".coach.is-open .coach-note").first).to_be_visible()
    inspect(manager, "four notes")
    assert inspect.found == []


def test_notes_in_the_margin_cover_nothing_that_is_written(manager):
    incident = story.put_on_record(manager)
    page = manager.go(incident + "change/")
    for width in (1280, 1100, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.get_by_label("What the customer saw").fill(
            "Jonas Lindqvist was careless. He should have tested it."
        )
        expect(page.locator(".coach.is-open .coach-note").first).to_be_visible()
        covered = page.evaluate(
            """() => { const open = document.querySelector('.coach.is-open').getBoundingClientRect();
            return [...document.querySelectorAll('main :is(textarea, input, select, button)')].filter((one) => {
              const box = one.getBoundingClientRect();
              return box.width && !one.closest('.coach') && box.left < open.right && open.left < box.right
                && box.top < open.bottom && open.top < box.bottom; }).map((one) => one.outerHTML.slice(0, 80)); }"""
        )
        assert covered == [], width


def everything_kept(house) -> bytes:
    """All that a server wrote: its database with what belongs to it, its files, its log."""
    files = [path for path in house.data.rglob("*") if path.is_file()]
    log = house.data.parent / f"{house.data.name}.log"
    return b"\0".join(path.read_bytes() for path in [*files, log])


def test_nothing_of_a_private_draft_is_stored_or_logged(browser, story_data, tmp_path):
    import shutil  # noqa: PLC0415

    data = Path(shutil.copytree(story_data, tmp_path / "data"))
    with (
        open_house(data, FAIRLEAD_LOG_LEVEL="DEBUG") as house,
        visiting(browser, house.url, "amara") as manager,
    ):
        story.put_on_record(manager)
        story.prepare(manager)
        ours = story.begin(manager)
        page = manager.go(ours + "promises/new/")
        page.get_by_label("What is promised").fill(f"{CANARY} You were careless.")
        expect(page.locator(".coach-note")).to_have_count(1)
        page.get_by_label("Or how often").fill(f"{CANARY} What were you thinking?")
        expect(page.locator(".coach.is-open .coach-note")).to_have_count(1)
        page.on("dialog", lambda dialog: dialog.accept())
        page = manager.go(ours + "notes/")
        page.get_by_label("2. ").fill(f"{CANARY} Why did you push it?")
        expect(page.locator(".coach-note")).to_have_count(1)
        manager.saved()  # sealed; what the coach was asked is nowhere
        manager.go("/rehearse/silent/")
        manager.write("What do you say?", f"{CANARY} What were you thinking?")
        manager.click("Say it")
        page.locator(".spoken mark").wait_for()
        assert CANARY in manager.sent_out()
        kept = everything_kept(house)
        assert b"/coach/" in kept or b"POST" in kept or len(kept) > 100_000
        assert CANARY.encode() not in kept
        stored = page.evaluate(
            "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
        )
        assert CANARY not in stored
