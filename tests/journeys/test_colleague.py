"""Everybody else finds nothing: not on Today, not on the incident, not by address, not by the back button."""

import uuid

import pytest

from tests.journeys import story

PAGES = ["", "notes/", "account/", "type/", "message/", "walk/", "live/", "promises/new/", "check-ins/first/"]


def test_a_colleague_finds_nothing_anywhere(manager, engineer, come):
    incident, ours = story.up_to_the_talk(manager, engineer)
    colleague = come("priya")
    for page in ["/", "/incidents/", incident, incident + "factors/"]:
        colleague.go(page)
        assert "/our-talk/" not in colleague.page.content()
    colleague.go(incident)
    assert not colleague.sees("Our talk")
    assert not colleague.sees("Jonas")
    assert not colleague.sees("Amara")
    nowhere = ours.rsplit("/", 2)[0] + f"/{uuid.uuid4()}/"
    for page in PAGES:
        there = colleague.page.goto(ours + page)
        status, body = there.status, there.body()
        never = colleague.page.goto(nowhere + page)
        assert status == never.status == 404
        assert body == never.body()
    colleague.page.go_back()
    assert colleague.sees("Nothing here")


def test_the_back_button_after_signing_out_shows_nothing(manager, engineer):
    _, ours = story.up_to_the_talk(manager, engineer)
    manager.go(ours)
    manager.page.locator("details.account > summary").click()
    manager.send("Sign out")
    manager.page.go_back()
    manager.page.wait_for_load_state()
    assert not manager.sees("They ran every step")


@pytest.mark.parametrize("name", ["hana", "lars", "mei"])
def test_neither_hr_nor_the_director_nor_the_operator_has_a_way_in(manager, engineer, come, name):
    incident, ours = story.up_to_the_talk(manager, engineer)
    other = come(name)
    for page in PAGES:
        assert other.page.goto(ours + page).status == 404
    other.go(incident)
    assert not other.sees("Our talk")
