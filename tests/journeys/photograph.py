"""Photographs for the documentation: `python -m tests.journeys.photograph`, into docs/screenshots/.

The story is played on a server and a data directory of its own, and photographed where it matters: on a phone and on
a desktop, by day and by night.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys import story
from tests.journeys.house import loaded, open_house
from tests.journeys.visitor import DESKTOP, PHONE, Visitor, launch

TO = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
AT_MOST = 250_000  # bytes of one picture
BY_NIGHT_TOO = {
    "preparation",
    "live-card",
    "our-talk-manager",
    "our-talk-engineer",
    "day-21-manager",
    "day-21-engineer",
    "check-in",
    "reminders",
}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# the name the story gives a page: the name of its picture
WANTED = {
    "preparation": "preparation",
    "live-card": "live-card",
    "talk-manager": "our-talk-manager",
    "talk-engineer": "our-talk-engineer",
    "walk-middle": "kind-of-mistake",
    "talk-agreed": "ninety-days",
    "incident-complete": "incident",
}


class Photographer:
    """Takes the wanted pages in two sizes and two lights."""

    def __init__(self, to: Path) -> None:
        self.to = to
        to.mkdir(parents=True, exist_ok=True)
        for old in to.glob("*.png"):
            old.unlink()

    def take(self, visitor: Visitor, name: str, *, of: str = "") -> None:
        page = visitor.page
        for size, viewport in SIZES.items():
            for theme in ("light", "dark") if name in BY_NIGHT_TOO else ("light",):
                page.set_viewport_size(viewport)
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                path = self.to / f"{name}-{size}-{theme}.png"
                # Playwright would hide the caret with a style of its own, which the page's policy refuses.
                target = page.locator(of) if of else page
                target.screenshot(path=path, caret="initial")
                if path.stat().st_size > AT_MOST:
                    raise SystemExit(f"{path.name} is larger than {AT_MOST} bytes")
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")

    def __call__(self, visitor: Visitor, name: str) -> None:
        if name in WANTED:
            visitor.page.evaluate("scrollTo(0, 0)")
            self.take(visitor, WANTED[name])
        if name == "talk-engineer":
            self.take(visitor, "ledger", of="#ledger")


def at_day_21(browser: Browser, data: Path, photographer: Photographer) -> None:
    """The ninety days from both sides, a check-in on the engineer's phone, and the reminders."""
    with open_house(loaded(data, "day-21")) as house:
        for name, side in (("amara", "manager"), ("jonas", "engineer")):
            person = Visitor(browser, house.url, name).sign_in()
            person.go(story.ninety_days_of(person))
            photographer.take(person, f"day-21-{side}")
        person.click("Open the check-in", "link")
        photographer.take(person, "check-in")
        person.go("/settings/reminders/")
        photographer.take(person, "reminders")


def main(to: Path = TO) -> None:
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = launch(playwright)
        with open_house(loaded(Path(home) / "data")) as house:
            manager = Visitor(browser, house.url, "amara").sign_in()
            engineer = Visitor(browser, house.url, "jonas").sign_in()
            photographer = Photographer(to)
            story.to_agreed(manager, engineer, photographer)
        at_day_21(browser, Path(home) / "day-21", photographer)
        print(f"{len(list(to.glob('*.png')))} pictures in {to}")  # noqa: T201 - a command says what it did


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
