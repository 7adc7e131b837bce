"""The timeline on the incident's page: corrected by typing, by keys and by dragging, without leaving it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import story


@pytest.fixture
def page(manager):
    story.put_on_record(manager)
    return manager.page


def _rows(page) -> list[str]:
    return [
        re.sub(r"\s+", " ", row.inner_text()).removesuffix(" Correct").replace(" corrected", "")
        for row in page.locator(".timeline-row").all()
    ]


def _starts(page) -> str:
    return next(row for row in _rows(page) if row.endswith("Started")).split()[0]


def test_an_entry_is_added_corrected_and_taken_out_without_leaving_the_page(page):
    here = page.url
    page.get_by_role("link", name="Add an entry").click()
    page.locator("#timeline-form").get_by_label("When").fill(f"{story.in_days(-1)}T14:58:00")
    page.locator("#timeline-form").get_by_label("What happened").fill("Undo prepared")
    page.get_by_role("button", name="Add it").click()
    page.locator(".timeline-row.is-entry").get_by_text("Undo prepared", exact=True).wait_for()
    page.get_by_role("link", name="Correct 14:58 Undo prepared").click()
    page.locator("#timeline-form").get_by_label("What happened").fill("Undo prepared on both")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="corrected how").click()
    assert "Undo prepared" in page.locator(".timeline-earlier").inner_text()
    page.get_by_role("button", name="Take it out").click()
    page.get_by_text("1 taken out").wait_for()
    assert page.locator(".timeline-row.is-entry").count() == 0
    assert page.url == here


def test_what_is_wrong_is_said_in_the_form_where_it_stands(page):
    page.get_by_role("link", name="Add an entry").click()
    page.locator("#timeline-form").get_by_label("When").fill(f"{story.in_days(-1)}T14:58:00")
    page.locator("#timeline-form").get_by_label("What happened").fill("Jonas Lindqvist undid it")
    page.get_by_role("button", name="Add it").click()
    page.locator("#timeline-form .problem").wait_for()
    assert "Jonas" in page.locator("#timeline-form").get_by_label("What happened").input_value()


def test_keys_move_a_point_and_only_saving_writes_it(page):
    before = _starts(page)
    point = page.get_by_role("slider", name="Started")
    point.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    assert "Started:" in page.locator("[data-move-words]").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("[data-move-form]").is_hidden()
    assert _starts(page) == before
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".timeline-row").first).not_to_contain_text(before)
    minutes = [
        int(hour) * 60 + int(minute) for hour, minute in (at.split(":") for at in (before, _starts(page)))
    ]
    assert minutes[0] - minutes[1] == 1
    expect(page.locator("[data-point='started']")).to_be_focused()


def test_dragging_a_point_moves_it_to_scale_and_asks_before_it_is_kept(page):
    before = _starts(page)
    box = page.get_by_role("slider", name="Started").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 20, box["y"], steps=4)
    page.mouse.up()
    assert _starts(page) == before
    page.get_by_role("button", name="Save the new time").click()
    expect(page.locator(".timeline-row").first).not_to_contain_text(before)
    page.reload()
    assert _starts(page) < before


def test_without_a_script_each_form_is_a_page_of_its_own(manager, come):
    story.put_on_record(manager)
    plain = come("priya")
    path = manager.page.url.removeprefix(manager.url)
    for row in ("moments/started/", "timeline/new/"):
        plain.go(path + row)
        plain.page.locator("#timeline-form").wait_for()
        assert plain.page.locator("#timeline-form").get_attribute("hx-post") is None
