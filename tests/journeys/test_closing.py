"""The end of a healthy course, by both: said aloud, answered, sealed, and erased on the day they know."""

import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.house import loaded, open_house
from tests.journeys.test_ninety_days import NOTE, PROGRAM, SECRET, Days
from tests.private.letters import Letterbox

GREW = "You ask for a second look before every change of the border pair."


@pytest.fixture
def days(tmp_path, browser, socket_enabled) -> Iterator[Days]:
    data = loaded(tmp_path / "data", "day-90")
    box, shift = Letterbox(), tmp_path / "shift"
    shift.write_text("0", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings = {"SHIFT_FILE": str(shift), "FAIRLEAD_MAIL_URL": f"smtp://127.0.0.1:{port}"}
    with open_house(data, program=PROGRAM, **settings) as house:
        yield Days(browser, house, shift, box)
    controller.stop()


def rows(days: Days, table: str) -> int:
    with closing(sqlite3.connect(days.house.data / "fairlead.sqlite3", timeout=20)) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables


def say_it(days: Days) -> str:
    """Let the manager say it aloud; returns the address of the closing."""
    with days.as_("amara") as manager:
        manager.go("/")
        manager.page.get_by_role("link", name=re.compile("^Close it")).first.click()
        manager.page.wait_for_load_state()
        address = re.sub(r"^https?://[^/]+", "", manager.page.url)
        assert manager.sees("What an end still waits for")
        assert manager.page.get_by_role("button", name="I have said it").count() == 0
        manager.write("In specific words", GREW)
        manager.saved()
        manager.click("Draft the words with it", "link")
        assert GREW.rstrip(".") in manager.page.get_by_label("What you said").input_value()
        manager.send("I have said it")
    return address


def answer_it(days: Days) -> date:
    """Let the engineer answer; returns the day of the erasure that the page names."""
    with days.as_("jonas") as engineer:
        engineer.go("/")
        assert engineer.sees("Is it closed for you too?")
        engineer.page.get_by_role("link", name=re.compile("^Answer")).first.click()
        engineer.page.wait_for_load_state()
        assert engineer.sees(GREW.rstrip("."))
        engineer.pick("answer", "closed")
        engineer.write("Your words", "To ask before the window, not in it.")
        engineer.send("Answer")
        text = engineer.page.locator("main").inner_text()
        found = re.search(r"Erased on \w{3} (\d+ \w+ \d{4})", text)
        assert found
    return datetime.strptime(found.group(1), "%d %B %Y").replace(tzinfo=UTC).date()


def test_both_close_it_and_on_its_day_nobody_can_read_it_any_more(days):
    with days.as_("jonas") as engineer:
        engineer.go("/settings/reminders/")
        engineer.send("Make an address")
        days.feed = engineer.page.get_by_label("Address").input_value()
    address = say_it(days)
    last = answer_it(days)
    with days.as_("amara") as manager:
        manager.go(address)
        assert manager.sees(f"Erased on {last:%a}")
        assert manager.sees("To ask before the window, not in it.")
        manager.go(address.removesuffix("closing/"))
        assert manager.sees("it is closed and sealed until the day it is erased")
    to_come = [moment for moment in days.calendar() if moment > datetime.now(UTC)]
    assert to_come == [], "the calendar ends"
    days.go_to(last - timedelta(days=1), hour=12)
    assert rows(days, "cases_case") == 1
    days.go_to(last, hour=12)
    assert (
        rows(days, "cases_case")
        == rows(days, "conversations_textversion")
        == rows(days, "vault_datakey")
        == 0
    )
    assert rows(days, "incidents_incident") > 1
    for name in ("amara", "jonas"):
        with days.as_(name) as person:
            person.go("/")
            assert not person.page.get_by_text("closed", exact=False).count()
            answer = person.page.goto(days.house.at(address))
            assert answer is not None
            assert answer.status == 404
    ours = [letter for _, letter in days.box.letters if "improvement" not in letter["Subject"]]
    assert {letter["Subject"] for letter in ours} <= {NOTE, "You have a 1:1 check-in due"}
    assert not [letter for letter in ours if "clos" in letter.as_string().lower()]
    assert not [letter for letter in ours if SECRET.search(letter.get_payload())]
    assert Path(days.house.data / "erased.log").read_text("ascii").count("subject") >= 1
