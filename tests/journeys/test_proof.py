"""From “called done” to done: the demo's proof is looked at, and two people waive what cannot be proved yet."""

from datetime import date, timedelta

import pytest

from tests.journeys.house import loaded, open_house
from tests.journeys.test_every_page import Inspector
from tests.journeys.visitor import visiting


@pytest.fixture(scope="module")
def house_of_day_21(tmp_path_factory):
    with open_house(loaded(tmp_path_factory.mktemp("proof") / "data", "day-21")) as opened:
        yield opened


def open_improvement(visitor, words):
    visitor.go("/improvements/?state=all")
    visitor.page.get_by_role("link", name=words).click()
    visitor.page.get_by_role("heading", level=1, name=words).wait_for()
    return visitor.page.url.removeprefix(visitor.url)


def test_the_proof_of_the_story_is_there_for_everybody_to_look_at(house_of_day_21, browser):
    with visiting(browser, house_of_day_21.url, "lars") as director:
        open_improvement(director, "A change is checked for loops")
        runs = director.page.get_by_role("table")
        for tried, answer in (
            ("A change that is right", "accepted"),
            ("The change that broke things", "refused"),
            ("The same change, before there was the safeguard", "accepted"),
            ("Broken input", "an error"),
        ):
            row = runs.get_by_role("row", name=tried)
            assert row.get_by_role("cell").all_inner_texts() == [answer, "yes"]
        director.page.get_by_text("The evidence").click()
        assert director.page.get_by_label("What it printed").nth(1).inner_text().count("core-2") > 0


def test_two_people_waive_what_cannot_be_proved_and_one_takes_it_back(house_of_day_21, browser):
    inspect = Inspector()
    with (
        visiting(browser, house_of_day_21.url, "amara") as asks,
        visiting(browser, house_of_day_21.url, "tomas") as signs,
    ):
        address = open_improvement(asks, "The lab gets the second default route")
        inspect(asks, "an improvement without a proof")
        asks.click("Ask for a waiver", "link")
        inspect(asks, "asking for a waiver")
        asks.page.get_by_label("The mend has to come from a vendor").check()
        asks.page.get_by_label("In a sentence or two").fill("Jonas has asked the vendor for the line card.")
        asks.page.get_by_label("Until").fill(f"{date.today() + timedelta(days=60)}")  # noqa: DTZ011 - the browser's own
        asks.send("Ask for it")
        assert asks.sees("it names nobody")
        inspect(asks, "a waiver that names somebody")
        asks.page.get_by_label("In a sentence or two").fill("The vendor brings the line card in March.")
        asks.send("Ask for it")
        assert asks.sees("waits for a second signature")
        assert not asks.page.get_by_role("link", name="Read and sign").count()
        inspect(asks, "a waiver that waits")

        signs.go(address)
        assert signs.sees("due in")
        signs.click("Read and sign", "link")
        inspect(signs, "signing a waiver")
        signs.page.get_by_label("You sign for").fill("Network team")
        signs.send("Sign it")
        assert signs.sees("another one than the owner")
        signs.page.get_by_label("You sign for").fill("Shop platform")
        signs.send("Sign it")
        assert signs.sees("Signed by somebody else for Shop platform")
        assert signs.sees("waived until")
        inspect(signs, "a waiver that holds")
        signs.go("/improvements/?state=done")
        assert signs.sees("The lab gets the second default route")
        signs.go("/improvements/")
        inspect(signs, "the board")
        assert not signs.page.get_by_role("link", name="The lab gets the second default route").count()

        asks.go(address)
        asks.send("Take it back")
        assert asks.sees("its waiver ended on")
        inspect(asks, "a waiver that is over")
    assert inspect.found == []


def test_the_page_of_a_proof_is_sound(house_of_day_21, browser):
    inspect = Inspector()
    with visiting(browser, house_of_day_21.url, "priya") as priya:
        open_improvement(priya, "A change is checked for loops")
        inspect(priya, "a proved improvement")
        for summary in priya.page.locator("main summary").all():
            summary.click()
        inspect(priya, "a proved improvement with everything open")
        open_improvement(priya, "The move stops by itself")
        inspect(priya, "one that is only called done")
    assert inspect.found == []
