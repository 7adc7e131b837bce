"""The ninety days, clicked through on a server whose clock is moved from check-in to check-in.

Every mail and every state of the calendar is read on the way: neutral, sound, and never two a day.
"""

import re
import socket
import sqlite3
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.house import House, loaded, open_house
from tests.journeys.visitor import PHONE, Visitor, visiting
from tests.private.calendar_rules import problems
from tests.private.letters import Letterbox

PROGRAM = [sys.executable, str(Path(__file__).parent / "serve_at_another_time.py")]
DUE, NOTE = "You have a 1:1 check-in due", "You have a note waiting"
IMMEDIATE = {"You have a draft to read", "A 1:1 is in your calendar"}
BODY = re.compile(r"Something is waiting for you in Fairlead:\r?\nhttp://[\w.:]+/\s*")
SECRET = re.compile(r"amara|diallo|jonas|lindqvist|routing|our talk|promise|signal", re.IGNORECASE)


@dataclass
class Days:
    """A server on whatever day it is, its letters, and the calendar of the engineer."""

    browser: Browser
    house: House
    shift: Path
    box: Letterbox
    feed: str = ""
    events: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    today: date = field(default_factory=lambda: datetime.now(story.ZONE).date())

    def go_to(self, day: date, hour: int = 10, minute: int = 30) -> None:
        """Move the clock, and wait until the background work of that moment is done."""
        moment = datetime.combine(day, clock_time(hour, minute), story.ZONE)
        self.shift.write_text(str((moment - datetime.now(UTC)).total_seconds()), "utf-8")
        self.today = day
        letters = -1
        while letters != len(self.box.letters) or self.work_is_due(moment):
            letters = len(self.box.letters)
            time.sleep(2.5)

    def work_is_due(self, moment: datetime) -> bool:
        """Whether background work of that moment is still to be done, however slow the machine is."""
        question = "SELECT 1 FROM outbox_outboxrow WHERE done_at IS NULL AND dead_at IS NULL AND run_after <= ? LIMIT 1"
        with closing(sqlite3.connect(self.house.data / "fairlead.sqlite3", timeout=20)) as database:
            return (
                database.execute(question, (f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}",)).fetchone()
                is not None
            )

    def as_(self, name: str, **options: object) -> AbstractContextManager[Visitor]:
        return visiting(self.browser, self.house.url, name, viewport=PHONE, **options)

    def calendar(self) -> list[datetime]:
        """Read the calendar as a program would; returns the moments in it."""
        with urllib.request.urlopen(self.feed) as answer:  # noqa: S310 - our own server
            text = answer.read()
        assert problems(text) == []
        found = list(Calendar.from_ical(text).walk("VEVENT"))
        assert {str(event["summary"]) for event in found} <= {"1:1"}
        assert not {"DESCRIPTION", "LOCATION", "ATTENDEE", "ORGANIZER", "URL"} & {
            name for one in found for name in one
        }
        assert not SECRET.search(text.decode())
        for event in found:  # the same event under the same id, and counted up whenever it moved
            uid, now = str(event["uid"]), (int(event["sequence"]), event["dtstart"].dt)
            sequence, moment = self.events.get(uid, now)
            assert now[0] > sequence if now[1] != moment else now[0] >= sequence, uid
            self.events[uid] = now
        return [event["dtstart"].dt for event in found]

    def read_all_letters(self) -> Counter[str]:
        """Read every letter that was sent; returns how many of each subject that tells of a talk.

        Letters about improvements belong to the commons, and go out on days of their own.
        """
        subjects: Counter[str] = Counter()
        for to, letter in self.box.letters:
            if "improvement" not in letter["Subject"]:
                subjects[letter["Subject"]] += 1
                assert BODY.fullmatch(letter.get_content()), letter.get_content()
            whole = letter.as_string().replace(to[0], "")
            assert not SECRET.search(whole), whole
        ids = [letter["Message-ID"] for _, letter in self.box.letters]
        assert len(ids) == len(set(ids))
        return subjects


@pytest.fixture(scope="module")
def lived_a_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return loaded(tmp_path_factory.mktemp("ninety") / "data", "day-1")


@pytest.fixture
def days(lived_a_day, tmp_path, browser, socket_enabled) -> Iterator[Days]:
    import shutil  # noqa: PLC0415 - only here

    box, shift = Letterbox(), tmp_path / "shift"
    shift.write_text("0", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings = {"SHIFT_FILE": str(shift), "FAIRLEAD_MAIL_URL": f"smtp://127.0.0.1:{port}"}
    data = Path(shutil.copytree(lived_a_day, tmp_path / "data"))
    with open_house(data, program=PROGRAM, **settings) as house:
        yield Days(browser, house, shift, box)
    controller.stop()


def next_day(person: Visitor, follow_up: str) -> date | None:
    person.go(follow_up)
    found = re.search(r"Next: (\w{3} \d+ \w+ \d{4})", person.page.locator("main").inner_text())
    return datetime.strptime(found.group(1), "%a %d %B %Y").date() if found else None  # noqa: DTZ007 - a day


def begin(days: Days) -> tuple[str, date]:
    """Let the engineer subscribe to the calendar; returns the way to the ninety days and the first check-in's day."""
    with days.as_("jonas") as engineer:
        engineer.go("/settings/reminders/")
        engineer.send("Make an address")
        days.feed = engineer.page.get_by_label("Address").input_value()
        follow_up = story.ninety_days_of(engineer)
        first = next_day(engineer, follow_up)
    assert first is not None
    return follow_up, first


def hold(
    days: Days, follow_up: str, *, said: str = "", noted: str = "", work: str = "", **promise: str
) -> date | None:
    """Hold the check-in of today, both of them, on a phone; returns the day of the next one."""
    if said:
        with days.as_("jonas") as engineer:
            engineer.go("/")
            engineer.page.get_by_role("link", name=re.compile("Open the check-in")).first.click()
            engineer.write("In your words", said)
            engineer.saved()
    with days.as_("amara") as manager:
        manager.go("/")
        assert manager.sees("Your check-in with Jonas Lindqvist")
        manager.page.get_by_role("link", name=re.compile("Open the check-in")).first.click()
        manager.page.wait_for_load_state()
        if said:
            assert manager.sees(said)
        if noted:
            manager.write("In your words", noted)
            manager.saved()
        for how, shows in promise.items():
            touch = manager.page.locator(".touch").first
            touch.locator(f"label:has(input[value='{how}'])").click()
            touch.get_by_label("What shows it").fill(shows)
        if work:
            manager.pick("given", "yes")
            manager.write("Which work", work)
        manager.send("We have talked")
        return next_day(manager, follow_up)


def read_everything(days: Days, name: str) -> None:
    """Read every notice on Today, as somebody would in the morning."""
    with days.as_(name) as person:
        person.go("/")
        while person.page.get_by_role("link", name=re.compile("^Read it")).count():
            person.page.get_by_role("link", name=re.compile("^Read it")).first.click()
            person.page.wait_for_load_state()
            person.send("I have read it")
            person.go("/")


def test_a_healthy_course_from_the_first_check_in_to_the_last(days):
    follow_up, day = begin(days)
    held = []
    while day is not None:
        days.go_to(day)
        assert len(days.calendar()) >= len(held) + 1
        first = not held
        held.append(day)
        day = hold(
            days,
            follow_up,
            said="Better every week." if len(held) in {1, 4} else "",
            noted="Calm, and quick to ask." if first else "",
            work="The next core change." if len(held) in {2, 5} else "",
            **({"kept": "The comparison stands in every change."} if len(held) == 2 else {}),
        )
    assert 8 <= len(held) <= 11
    assert all(one.weekday() < 5 for one in held)
    assert [moment.astimezone(story.ZONE).date() for moment in days.calendar()] == held
    with days.as_("jonas") as engineer:
        engineer.go(follow_up)
        the_list = engineer.page.locator(".ninety tbody tr").first
        assert not the_list.is_visible()
        engineer.page.emulate_media(media="print")
        assert the_list.is_visible(), "on paper the list stands under the picture"
        engineer.page.emulate_media(media="screen")
        engineer.page.get_by_text("As a list").click()
        rows = engineer.page.locator(".ninety tbody tr").all_inner_texts()
        assert sum("held" in row for row in rows) == len(held)
        assert any("Promise of Jonas Lindqvist" in row and "kept" in row for row in rows)
        for words in ("Better every week.", "Calm, and quick to ask.", "The next core change."):
            assert engineer.sees(words)
    subjects = days.read_all_letters()
    # The demo has lived until this morning: after eight, whoever was due today was told while it was loaded.
    morning = datetime.combine(held[0], clock_time(8), story.ZONE)
    told_while_loading = datetime.now(story.ZONE) >= morning
    by_letter = held[1:] if told_while_loading else held
    assert subjects[DUE] == 2 * len(by_letter), "each of the two, once for each check-in"
    assert set(subjects) <= {DUE, NOTE} | IMMEDIATE


def test_somebody_who_is_too_careful_is_seen_answers_and_finds_their_feet_and_a_missed_one_is_caught_up(days):
    follow_up, day = begin(days)
    days.go_to(day)
    day = hold(days, follow_up, said="I check everything four times.")
    with days.as_("amara") as manager:
        manager.go(follow_up)
        manager.click("Note something that was seen", "link")
        manager.pick("key", "paralysis")
        manager.write("What was seen", "Asked for three approvals that nobody needs.")
        manager.send("Note it")
        assert manager.sees("I trust you with these") or manager.page.get_by_text("What to say").count()
    days.go_to(day)
    with days.as_("jonas") as engineer:
        engineer.go("/")
        assert engineer.sees("Something was seen and noted")
        engineer.go(follow_up)
        engineer.page.get_by_text("Answer it, or see it differently").click()
        engineer.write("How I see it", "The guide asks for them.")
        engineer.send("Put it beside")
        assert engineer.sees("The guide asks for them.")
    days.go_to(day + timedelta(days=1), hour=9)  # nobody had time: it passed
    with days.as_("amara") as manager:
        manager.go(follow_up)
        assert manager.sees("It did not take place; caught up on")
        caught = next_day(manager, follow_up)
        assert caught is not None
        assert caught > day
    days.go_to(caught)
    after = hold(days, follow_up, said="The first one alone went fine.", noted="Did it alone.")
    with days.as_("amara") as manager:
        manager.go(follow_up)
        manager.click("Note something that was seen", "link")
        manager.pick("key", "early_word")
        manager.write("What was seen", "Asked before the change, not after it.")
        manager.send("Note it")
        assert manager.page.get_by_text("going well").count() == 1
    assert after is not None
    calendar = [moment.astimezone(story.ZONE).date() for moment in days.calendar()]
    assert day not in calendar, "what was missed is not in it any more"
    assert caught in calendar
    assert set(days.read_all_letters()) <= {DUE, NOTE} | IMMEDIATE


def test_too_little_is_judged_only_with_an_opportunity_and_both_versions_stand(days):
    follow_up, day = begin(days)
    days.go_to(day)
    day = hold(days, follow_up, not_kept="The comparison is missing from Tuesday’s change.")
    with days.as_("amara") as manager:
        manager.go(follow_up)
        manager.click("Note something that was seen", "link")
        manager.pick("key", "same_shortcut")
        manager.write("What was seen", "The comparison came after the rollout.")
        manager.send("Note it")
        assert manager.sees("Where there was none, nothing too little was done.")
        assert (
            manager.page.get_by_label("What was seen").input_value()
            == "The comparison came after the rollout."
        )
        manager.write("What the opportunity was", "The change on the border pair.")
        manager.write("When it was", f"{days.today}")
        manager.send("Note it")
        assert manager.sees("The change on the border pair.")
    with days.as_("jonas") as engineer:
        engineer.go(follow_up)
        engineer.page.get_by_text("Answer it, or see it differently").click()
        engineer.write("How I see it", "The window was an hour shorter than agreed.")
        engineer.send("Put it beside")
        engineer.click("Move it", "link")
        moved = day + timedelta(days=1)
        while moved.weekday() > 4:
            moved += timedelta(days=1)
        engineer.write("Day and time", f"{moved}T15:00")
        engineer.send("Move it")
        assert next_day(engineer, follow_up) in {moved, day}
        engineer.click("Somebody is away", "link")
        engineer.write("First day away", f"{moved + timedelta(days=14)}")
        engineer.write("Last day away", f"{moved + timedelta(days=25)}")
        engineer.send("Keep these days free")
        assert engineer.sees("Jonas Lindqvist is away from")
    away = {moved + timedelta(days=n) for n in range(14, 26)}
    assert not away & {moment.astimezone(story.ZONE).date() for moment in days.calendar()}
    with days.as_("amara") as manager:
        manager.go(follow_up)
        for words in (
            "The comparison came after the rollout.",
            "The window was an hour shorter than agreed.",
        ):
            assert manager.sees(words)
        manager.go(follow_up.removesuffix("check-ins/"))
        assert manager.sees("not kept")
    days.go_to(days.today + timedelta(days=1), hour=11)
    read_everything(days, "amara")
    assert set(days.read_all_letters()) <= {DUE, NOTE} | IMMEDIATE
