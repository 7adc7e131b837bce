"""It happens again, and the escalated course: both people and HR, each in their own browser, every letter read."""

import re
import shutil
import socket
import sqlite3
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.journeys.house import House, loaded, open_house
from tests.journeys.test_every_page import Inspector
from tests.journeys.test_ninety_days import BODY
from tests.journeys.visitor import PHONE, Visitor, visiting
from tests.private.calendar_rules import problems
from tests.private.letters import Letterbox

SECRET = re.compile(
    r"amara|diallo|jonas|lindqvist|hana|okafor|routing|our talk|promise|formal|escalat|packet|repeat",
    re.IGNORECASE,
)
REPLY = "The lab still lacks the route I asked for."


@dataclass
class Again:
    """A server on which it has happened again, the letters it sends, and the newest talk."""

    browser: Browser
    house: House
    box: Letterbox
    inspect: Inspector
    ours: str

    def as_(self, name: str, **options: object):
        return visiting(self.browser, self.house.url, name, **options)

    def look(self, person: Visitor, path: str) -> None:
        person.go(path)
        self.inspect(person, f"{person.name} {path}")

    def settled(self) -> None:
        """Wait until no background work is due."""
        question = (
            "SELECT 1 FROM outbox_outboxrow WHERE done_at IS NULL AND dead_at IS NULL "
            "AND run_after <= datetime('now') LIMIT 1"
        )
        due: object = True
        while due:
            time.sleep(1)
            with closing(sqlite3.connect(self.house.data / "fairlead.sqlite3", timeout=20)) as database:
                due = database.execute(question).fetchone()

    def calendar_of(self, person: Visitor) -> int:
        """Read the calendar of somebody as a program would; returns how many events are in it."""
        person.go("/settings/reminders/")
        person.send("Make an address")
        with urllib.request.urlopen(person.page.get_by_label("Address").input_value()) as answer:  # noqa: S310
            text = answer.read()
        assert problems(text) == []
        assert not SECRET.search(text.decode())
        events = list(Calendar.from_ical(text).walk("VEVENT"))
        assert {str(event["summary"]) for event in events} <= {"1:1"}
        return len(events)

    def letters_to(self, name: str) -> list[str]:
        """Read every letter so far; return the subjects of those to one person."""
        for to, letter in self.box.letters:
            if "improvement" not in letter["Subject"]:
                assert BODY.fullmatch(letter.get_content()), letter.get_content()
                whole = letter.as_string().replace(to[0], "")
                assert not SECRET.search(whole), whole
        ids = [letter["Message-ID"] for _, letter in self.box.letters]
        assert len(ids) == len(set(ids))
        return [letter["Subject"] for to, letter in self.box.letters if to[0].startswith(name)]


@pytest.fixture(scope="module")
def happened_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return loaded(tmp_path_factory.mktemp("again") / "data", "recurrence")


@pytest.fixture
def again(happened_again, tmp_path, browser, socket_enabled) -> Iterator[Again]:
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    data = Path(shutil.copytree(happened_again, tmp_path / "data"))
    with closing(sqlite3.connect(data / "fairlead.sqlite3")) as database:
        [case] = database.execute("SELECT id FROM cases_case ORDER BY opened_at DESC LIMIT 1").fetchone()
    with open_house(data, FAIRLEAD_MAIL_URL=f"smtp://127.0.0.1:{port}") as house:
        yield Again(browser, house, box, Inspector(), f"/our-talk/{uuid.UUID(case)}/")
    controller.stop()


def test_it_happens_again_and_what_was_not_delivered_counts_for_the_engineer(again):
    with again.as_("amara") as manager:
        manager.go(again.ours)
        manager.click("Look back", "link")
        assert manager.sees("This is not a repeat")
        assert manager.sees("improvements were done before it happened again")
        assert manager.sees("Say first what is open on your side")
        assert not manager.sees("It cannot go on like this")
        again.inspect(manager, "amara looks back")
        manager.write(
            "What is the same", "The same way. It was compared this time; the route is still missing."
        )
        manager.send("Keep this with our talk")
        assert manager.sees("Kept with our talk")
        again.look(manager, "/improvements/debts/")
        manager.page.locator(".board-list a").first.click()
        again.inspect(manager, "amara a debt")
        manager.write("What was done about it", "The training takes place every month.")
        manager.send("Keep it")
        assert manager.sees("Answered for")
    again.settled()
    assert len(again.letters_to("jonas")) >= 1
    with again.as_("jonas", viewport=PHONE) as engineer:
        engineer.go("/")
        assert engineer.sees("Our earlier talk was looked at again")
        again.look(engineer, again.ours + "again/")
        assert engineer.sees("It is not counted against you")
        assert engineer.sees("the route is still missing")
    with again.as_("tomas") as other:
        assert (other.go(again.ours + "again/") and other.sees("Nothing here")) or not other.sees("repeat")
        other.complaints.clear()  # the browser tells of the 404
    assert again.inspect.found == []


def _escalated(again: Again) -> str:
    """Let the manager escalate with two pieces; returns the address of the formal path."""
    with again.as_("amara") as manager:
        manager.go(again.ours)
        manager.page.get_by_text("If it cannot go on like this").click()
        manager.click("Read it", "link")
        again.inspect(manager, "amara before a formal path")
        manager.choose("Whom at HR", "Hana Okafor")
        manager.write(
            "Your reasons", "It came about in the same way twice. I would like HR to look at it with us."
        )
        ticks = manager.page.locator("input[name=chosen]")
        assert ticks.count() >= 2
        assert manager.page.locator("input[name=chosen]:checked").count() == 0
        ticks.nth(0).check()
        ticks.nth(1).check()
        manager.send("Record it, and tell the engineer now")
        assert manager.sees("HR has not taken it on yet")
        again.inspect(manager, "amara formal path")
        return manager.page.url.removeprefix(again.house.url)


def _note_all(person: Visitor, formal: str, inspect: Inspector) -> None:
    """Note everything that HR notes, one thing at a time, until only the reply is missing."""
    while True:
        person.go(formal + "note/")
        choices = person.page.get_by_label("What is there now")
        missing = person.page.locator("select option").all_inner_texts()
        person.go(formal)
        lines = person.page.locator(".needed .is-missing").all_inner_texts()
        left = [words for words in missing if any(words in line for line in lines)]
        if not left:
            return
        person.go(formal + "note/")
        if len(left) == len(missing):
            inspect(person, "hana notes")
        choices.select_option(label=left[0])
        person.write("Since which day", time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86_400)))
        person.write("What shows it", "We spoke about it on that day, the three of us.")
        person.send("Note it")


def test_the_escalated_course_for_all_three_until_a_decision(again):  # noqa: PLR0915 - one long way
    formal = _escalated(again)
    again.settled()
    assert again.letters_to("jonas")
    assert again.letters_to("hana")
    with again.as_("hana") as hr:
        assert again.calendar_of(hr) == 0, "nothing of it stands in the calendar of HR"
        hr.go("/")
        assert hr.sees("An escalation waits for your answer")
        again.look(hr, "/formal/")
        again.look(hr, formal)
        assert hr.sees("It came about in the same way twice")
        assert not hr.sees("I compared the change")
        hr.send("Take it on")
        assert hr.sees("I compared the change")
        assert hr.page.locator("a[href*='/our-talk/']").count() == 0
        again.inspect(hr, "hana formal path")
        _note_all(hr, formal, again.inspect)
        assert hr.sees("1 of 10 things is missing")
        again.look(hr, formal + "decide/")
        hr.write("Decided on", time.strftime("%Y-%m-%d"))
        hr.write("What was decided", "They move to the lab team.")
        hr.send("Record it, and tell both")
        assert hr.sees("The engineer’s reply was heard")
        assert not hr.sees("Decided on 2")
        hr.complaints.clear()  # the browser tells of the 422
    with again.as_("jonas", viewport=PHONE) as engineer:
        engineer.go("/")
        assert engineer.sees("A formal path was opened")
        engineer.go(formal)
        assert engineer.sees("I compared the change")
        engineer.click("Write your reply", "link")
        again.inspect(engineer, "jonas replies")
        assert again.calendar_of(engineer) > 0
        engineer.go(formal + "reply/")
        engineer.write("Your reply", REPLY)
        engineer.send("Send my reply")
        assert engineer.sees(REPLY)
        again.inspect(engineer, "jonas formal path")
        whole = engineer.context.request.get(again.house.at(formal + "packet.json")).body()
        shown = engineer.page.locator(".hash").inner_text().replace("\n", "")
        assert sha256(whole).hexdigest() == shown
    with again.as_("hana") as hr:
        hr.go(formal)
        assert hr.sees("Everything is there")
        assert hr.sees(REPLY)
        assert hr.context.request.get(again.house.at(formal + "packet.json")).body() == whole
        assert hr.page.locator(".hash").inner_text().replace("\n", "") == shown
        hr.click("Record what was decided", "link")
        hr.write("Decided on", time.strftime("%Y-%m-%d"))
        hr.write("What was decided", "They move to the lab team.")
        hr.send("Record it, and tell both")
        assert hr.sees("They move to the lab team.")
        again.inspect(hr, "hana decided")
        hr.page.get_by_text("Keep the packet for a legal matter").click()
        hr.click("Put a hold on it", "link")
        again.inspect(hr, "hana before a hold")
        hr.write("At most until", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 60 * 86_400)))
        hr.write("The reason", "A court has asked for what we hold.")
        hr.send("Keep it, and tell both")
        assert hr.sees("A court has asked for what we hold.")
        again.inspect(hr, "hana holds the packet")
    with again.as_("jonas", viewport=PHONE) as engineer:
        engineer.go(formal)
        assert engineer.sees("A court has asked for what we hold.")
        again.inspect(engineer, "jonas reads of the hold")
    with again.as_("hana") as hr:
        hr.go(formal)
        hr.click("End the hold", "link")
        again.inspect(hr, "hana before the hold ends")
        hr.write("Why it ends", "The court needs nothing more.")
        hr.send("End it, and tell both")
        assert hr.sees("The court needs nothing more.")
    again.settled()
    assert again.letters_to("amara")
    with again.as_("amara") as manager:
        manager.go(formal)
        assert manager.sees("They move to the lab team.")
        assert manager.page.get_by_text("Withdraw the escalation").count() == 0
    assert again.inspect.found == []


def test_an_escalation_that_is_withdrawn_leaves_nothing_to_read(again):
    formal = _escalated(again)
    with again.as_("amara") as manager:
        manager.go(formal)
        manager.page.get_by_text("Withdraw the escalation").click()
        manager.send("Withdraw it and destroy the packet")
        assert "/our-talk/" in manager.page.url
    again.settled()
    assert again.letters_to("hana")
    with again.as_("hana") as hr:
        hr.go("/formal/")
        assert hr.sees("No packet")
        assert hr.context.request.get(again.house.at(formal)).status == 404
    with closing(sqlite3.connect(again.house.data / "fairlead.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM formal_packet").fetchone() == (0,)
