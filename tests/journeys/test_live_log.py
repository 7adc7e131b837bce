"""The live log in two browsers at once: a minute without a line, a line sent twice, roles, a moment, publishing."""

import re

import pytest

from tests.journeys.test_every_page import Inspector
from tests.journeys.visitor import PHONE


def _lines(visitor) -> list[str]:
    return visitor.page.locator(".log-line .log-words").all_inner_texts()


def _write(visitor, *lines: str) -> None:
    for line in lines:
        visitor.page.get_by_label("What happens").fill(line)
        visitor.page.keyboard.press("Enter")


def _sees(visitor, *lines: str) -> None:
    for line in lines:
        visitor.page.locator(".log-line:not(.is-waiting) .log-words").get_by_text(line, exact=True).wait_for()


def _kept_in_the_browser(visitor) -> int:
    return visitor.page.evaluate(
        "JSON.stringify([sessionStorage, localStorage]).split('fairlead-log').length - 1"
    )


@pytest.fixture
def log(come):
    """A log that Jonas began on a phone and Priya was let into."""
    jonas, priya = come("jonas", viewport=PHONE), come("priya")
    jonas.click("Something is going on", "link")
    jonas.write("What is going on?", "The shop is slow")
    jonas.send("Begin the log")
    address = jonas.page.url
    jonas.click("Let a colleague in", "link")
    jonas.choose("Colleague", "Priya Raman")
    jonas.send("Let them read")
    jonas.go(address)
    priya.go(address)
    return jonas, priya


def test_two_write_at_once_and_both_see_all_of_it_in_one_order(log):
    jonas, priya = log
    _write(jonas, "alarm", "looking at the border pair")
    _write(priya, "support has calls")
    for visitor in log:
        _sees(visitor, "alarm", "looking at the border pair", "support has calls")
    assert _lines(jonas) == _lines(priya)


def test_a_minute_without_a_line_loses_nothing_and_each_arrives_once_in_order(log):
    jonas, priya = log
    _write(jonas, "before")
    _sees(priya, "before")
    jonas.context.set_offline(offline=True)
    _write(jonas, "first", "second", "third")
    waiting = jonas.page.locator(".log-line.is-waiting")
    assert waiting.count() == 3
    assert "not yet saved" in waiting.first.inner_text()
    jonas.page.get_by_text("not yet saved. They are sent").wait_for()
    jonas.context.set_offline(offline=False)
    _sees(jonas, "first", "second", "third")
    _sees(priya, "first", "second", "third")
    assert _lines(priya) == ["before", "first", "second", "third"]
    assert _kept_in_the_browser(jonas) == 0
    jonas.complaints.clear()  # a browser complains of a line that is cut


def test_an_answer_that_is_lost_makes_no_second_line(log):
    jonas, _ = log
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the server has it; the browser never hears
        route.abort()

    jonas.page.route(re.compile(r"/lines/$"), lose)
    _write(jonas, "undone")
    _sees(jonas, "undone")
    jonas.page.reload()
    assert (len(lost), _lines(jonas)) == (1, ["undone"])
    jonas.complaints.clear()


def test_a_line_that_waits_survives_a_reload_and_leaves_with_the_person(log):
    jonas, _ = log
    jonas.page.route(re.compile(r"/lines/$"), lambda route: route.abort())
    _write(jonas, "undone")
    jonas.page.locator(".log-line.is-waiting").wait_for()
    jonas.page.on("dialog", lambda dialog: dialog.accept())
    jonas.page.reload()
    jonas.page.locator(".log-line.is-waiting").get_by_text("undone", exact=True).wait_for()
    assert _kept_in_the_browser(jonas) == 1
    sign_out = "document.querySelector('form[action*=logout]').dispatchEvent(new Event('submit', {cancelable: true}))"
    jonas.page.evaluate(sign_out)
    assert _kept_in_the_browser(jonas) == 0
    jonas.complaints.clear()


def test_a_role_is_handed_over_a_moment_is_said_and_a_line_is_corrected(log):
    jonas, priya = log
    priya.send("I lead the response")
    priya.send("Mitigated now")
    _sees(jonas, "Mitigated")
    jonas.go(jonas.page.url)
    assert jonas.page.get_by_role("button", name="Resolved now").count() == 0
    _write(priya, "alarn")
    _sees(priya, "alarn")
    priya.page.locator(".log-line").filter(has_text="alarn").get_by_role("link").click()
    priya.page.get_by_label("What happened").fill("alarm")
    priya.send("Save")
    _sees(jonas, "alarm")
    priya.page.locator(".log-line").filter(has_text="alarm").get_by_role("link", name="corrected").wait_for()


def test_axe_finds_nothing_on_the_log_and_nobody_else_finds_the_log(log, come):
    jonas, _ = log
    _write(jonas, "alarm")
    _sees(jonas, "alarm")
    inspect, address = Inspector(), jonas.page.url
    for path in (address, address + "update/", "/incidents/live/"):
        jonas.go(path)
        inspect(jonas, path)
    jonas.go(address)
    jonas.page.locator(".log-line a").first.click()
    inspect(jonas, "a line")
    assert inspect.found == []
    assert come("amara").page.goto(address).status == 404
