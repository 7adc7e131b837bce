"""A lesson from the incident's page to a pull request: written, tried in silence, proved, shown, and silent again."""

import pytest
from playwright.sync_api import expect

from tests.core.lessons.changes import GIT
from tests.journeys import story
from tests.journeys.test_every_page import Inspector

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_lesson_goes_from_an_incident_to_being_shown_and_falls_silent(manager, come):
    inspect = Inspector()
    story.put_on_record(manager)
    page = manager.page
    manager.click("Write a lesson", role="link")
    manager.write("In one line", "Production has two default routes")
    manager.write(
        "What to know", "A route that is redistributed at the border can loop. The lab has one route only."
    )
    manager.write("Sections", "router bgp")
    manager.write("Added lines", "(unclosed")
    manager.send("Write it")
    expect(page.locator("main")).to_contain_text("cannot be read")
    assert page.get_by_label("In one line").input_value() == "Production has two default routes"
    inspect(manager, "lesson-refused")
    manager.write("Added lines", "redistribute")
    manager.send("Write it")

    expect(page.locator("main")).to_contain_text("Tried in silence")
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    inspect(manager, "lesson-in-silence")
    manager.write("The change that broke things", "+ nothing of the kind")
    manager.send("Try it")
    expect(page.locator("main")).to_contain_text("It does not fire on this change")
    manager.write("The change that broke things", GIT)
    manager.send("Try it")
    expect(page.locator("main")).to_contain_text("It fires on this change")
    expect(page.locator("main")).to_contain_text("changes something under “router bgp”")
    inspect(manager, "lesson-tried")
    manager.write("It fired on", "9")
    manager.send("Keep it")
    expect(page.locator("main")).to_contain_text("It would have fired on 9 of 1000 ordinary changes")

    manager.send("Show it")
    expect(page.locator(".badge", has_text="Shown")).to_be_visible()
    inspect(manager, "lesson-shown")
    lesson = page.url
    for name in ("priya", "jonas", "tomas"):  # three of them find that it mostly disturbs
        other = come(name)
        other.page.goto(lesson)
        other.send("Not useful")
    page.goto(lesson)
    expect(page.locator(".badge", has_text="Silent")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Useful 0, not useful 3.")
    inspect(manager, "lesson-silent")
    page.goto("/lessons/")
    inspect(manager, "lessons")
    assert inspect.found == []
