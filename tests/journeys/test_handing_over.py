"""Three people and a hand-over; and what the engineer finds when the manager has gone without one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.house import House, loaded, open_house
from tests.journeys.test_every_page import Inspector
from tests.journeys.visitor import DESKTOP, PHONE, Visitor, visiting

PICTURES = os.environ.get("HAND_OVER_PICTURES", "")  # where to put a picture of each page, to be looked at
TEAM = "Network engineering"


@pytest.fixture
def house(tmp_path, browser) -> Iterator[House]:
    with open_house(loaded(tmp_path / "data", "day-21")) as opened:
        yield opened


class Looker(Inspector):
    """Looks with axe, and takes pictures where somebody wants to look."""

    def __call__(self, visitor: Visitor, name: str) -> None:
        super().__call__(visitor, name)
        for theme in ("light", "dark"):
            for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
                if PICTURES:
                    visitor.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                    visitor.page.set_viewport_size(viewport)
                    path = Path(PICTURES) / f"{name}-{size}-{theme}.png"
                    visitor.page.screenshot(path=path, full_page=True, caret="initial")
        visitor.page.set_viewport_size(DESKTOP)
        visitor.page.emulate_media(color_scheme="light", reduced_motion="reduce")


def operator(house: House, *words: str) -> str:
    """Run `fairlead user` beside the server, as whoever runs it does; returns what it said."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    done = subprocess.run(
        [str(Path(sys.executable).parent / "fairlead"), "user", "--data", str(house.data), *words],
        env=kept,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@contextmanager
def as_(browser: Browser, house: House, name: str) -> Iterator[Visitor]:
    with visiting(browser, house.url, name) as visitor:
        yield visitor


def to_our_talk(visitor: Visitor) -> str:
    """Go to the page of the talk from Today; returns its address."""
    visitor.go("/")
    visitor.page.locator("a[href*='/our-talk/']").first.click()
    visitor.page.wait_for_load_state()
    address = "/our-talk/" + visitor.page.url.split("/our-talk/")[1].split("/")[0] + "/"
    visitor.go(address)
    return address


def amara_asks(browser: Browser, house: House, look: Looker) -> str:
    """Let the manager look at the table, choose and ask; returns the address of the talk."""
    with as_(browser, house, "amara") as amara:
        ours = to_our_talk(amara)
        amara.click("Who reads what, if one of us goes", "link")
        look(amara, "who-reads")
        amara.click("Hand our talk over", "link")
        look(amara, "ask")
        amara.choose("Who goes on", "Tomás Vidal")
        amara.page.get_by_label("The engineer’s account").check()
        amara.page.get_by_label("What was seen, with the answers").check()
        amara.send("Ask Jonas Lindqvist")
        assert amara.sees("Jonas Lindqvist has not answered yet")
        look(amara, "asked")
    with as_(browser, house, "tomas") as tomas:
        assert not tomas.sees("go on with a talk")
        tomas.go(ours)
        assert not tomas.sees("Jonas")
    return ours


def jonas_agrees_to_less(browser: Browser, house: House, look: Looker, ours: str) -> str:
    """Let the engineer agree, but not to the account; returns the account's words."""
    with as_(browser, house, "jonas") as jonas:
        jonas.click("Answer", "link", exact=False)
        assert jonas.sees("Amara Diallo would like Tomás Vidal to go on")
        look(jonas, "answer")
        jonas.page.get_by_label("What was seen, with the answers").check()
        jonas.send("Agree, with what is ticked")
        assert jonas.sees("You agreed that Tomás Vidal goes on")
        look(jonas, "agreed")
        return jonas.go(ours + "account/").locator("textarea").input_value()


def tomas_takes_it(browser: Browser, house: House, look: Looker, account: str) -> None:
    with as_(browser, house, "tomas") as tomas:
        tomas.click("Read it", "link", exact=False)
        assert tomas.sees("You are asked to go on with a talk")
        assert tomas.sees("What was seen, with the answers")
        assert account[:40] not in tomas.page.content()
        look(tomas, "offered")
        tomas.send("Go on with it")
        assert tomas.sees("Tomás Vidal and Jonas Lindqvist")
        assert tomas.sees("Written before the hand-over")
        assert account[:40] not in tomas.page.content()
        assert tomas.page.locator("#ledger li").count() > 0
        look(tomas, "taken")
        tomas.click("The ninety days", "link")
        assert tomas.sees("Next:")
        look(tomas, "ninety-days-next")


def test_three_people_and_a_hand_over(browser, house):
    look = Looker()
    operator(house, "team", "tomas@harbour.example", TEAM, "--manages")
    ours = amara_asks(browser, house, look)
    account = jonas_agrees_to_less(browser, house, look, ours)
    assert len(account) > 40
    tomas_takes_it(browser, house, look, account)
    with as_(browser, house, "amara") as amara:
        assert amara.sees("Our talk was handed over")
        amara.go(ours)
        assert not amara.sees("Jonas")
    with as_(browser, house, "jonas") as jonas:
        jonas.go(ours + "account/")
        assert jonas.page.locator("textarea").input_value() == account
        assert jonas.sees("Tomás Vidal goes on since")
        look(jonas, "account-after")
        jonas.go(ours + "notes/")
        assert not jonas.sees("Written before the hand-over")
    assert look.found == [], "\n".join(look.found)


def test_the_manager_has_gone_and_the_engineer_goes_on_or_closes(browser, house):
    look = Looker()
    with as_(browser, house, "jonas") as jonas:
        ours = to_our_talk(jonas)
        warned = operator(house, "remove", "amara@harbour.example")
        assert "Nothing is changed yet" in warned
        assert "Jonas" not in warned
        said = operator(house, "remove", "amara@harbour.example", "--yes")
        assert said.strip() == "amara@harbour.example is removed."
        jonas.go("/")
        for _ in range(30):
            if jonas.sees("Nobody leads our talk now"):
                break
            jonas.page.wait_for_timeout(1000)
            jonas.go("/")
        look(jonas, "today-left")
        jonas.click("Choose", "link", exact=False)
        assert jonas.sees("Nobody else manages your team yet")
        look(jonas, "nobody-to-ask")
        operator(house, "team", "tomas@harbour.example", TEAM, "--manages")
        jonas.go(ours + "go-on/")
        jonas.choose("Who goes on", "Tomás Vidal")
        look(jonas, "go-on")
        jonas.send("Ask them")
        assert jonas.sees("You asked Tomás Vidal")
        jonas.send("Take it back")
        jonas.go(ours)
        look(jonas, "talk-left")
        jonas.go(ours + "go-on/")
        jonas.page.get_by_text("Close it alone").click()
        jonas.write("Something you want to say", "I have learned what I came for.")
        jonas.send("Close our talk")
        assert jonas.sees("I have learned what I came for.")
        look(jonas, "closed-alone")
    assert look.found == [], "\n".join(look.found)
