"""One person in one browser: signs in, clicks and writes, and remembers everything the browser complained about."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

PASSWORD = "fairlead-demo-1427"  # printed by `fairlead demo`, which listens on this machine only
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)


@dataclass
class Deeds:
    """What a person had to do: how often they clicked, and how many fields they filled."""

    clicks: int = 0
    fields: int = 0
    typed: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


class Visitor:
    """One person, signed in or not, with one page open; more pages by `tab()`."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        name: str,
        *,
        viewport: dict[str, int] | None = None,
        theme: str = "light",
        **options: object,
    ) -> None:
        self.url, self.name = url, name
        self.context: BrowserContext = browser.new_context(
            viewport=viewport or DESKTOP,
            color_scheme=theme,
            base_url=url,
            locale="en-GB",
            timezone_id="America/New_York",
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(5000)
        self.complaints: list[str] = []
        self.requests: list[Request] = []
        self.deeds = Deeds()
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        self.context.on("request", self._sent)
        self.page: Page = self.context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium also writes a line for each answer of 400 and above; the journeys assert those where they matter.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.name}: {message.type}: {message.text}")

    def _sent(self, request: Request) -> None:
        self.requests.append(request)

    def sign_in(self) -> "Visitor":
        self.page.goto("/accounts/login/")
        self.page.get_by_label("Email").fill(f"{self.name}@harbour.example")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(self.url + "/")
        return self

    def tab(self) -> Page:
        return self.context.new_page()

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def click(self, name: str, role: str = "button", *, exact: bool = True, within: str = "body") -> None:
        """Click what has this name, as somebody who reads the page would."""
        self.deeds.clicks += 1
        self.page.locator(within).get_by_role(role, name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def send(self, name: str, *, within: str = "body") -> None:
        """Press a form's button and arrive at the next page."""
        with self.page.expect_navigation():
            self.click(name, within=within)

    def write(self, label: str, words: str, *, within: str = "body", exact: bool = False) -> None:
        """Fill the field with this label."""
        self.deeds.fields += 1
        self.deeds.typed += len(words)
        whole = re.compile(rf"^\s*{re.escape(label)}(\s+if you like)?\s*$")
        self.page.locator(within).get_by_label(whole if exact else label).first.fill(words)

    def choose(self, label: str, option: str, *, within: str = "body") -> None:
        """Choose from the list with this label."""
        self.deeds.fields += 1
        self.page.locator(within).get_by_label(label).first.select_option(label=option)

    def pick(self, name: str, value: str) -> None:
        """Pick one of the cards of a question."""
        self.deeds.clicks += 1
        self.page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()

    def saved(self, index: int = 0) -> None:
        """Wait until the page says that the words are saved."""
        self.page.locator("[data-save-state][data-state=saved]").nth(index).wait_for()

    def sees(self, words: str) -> bool:
        """Tell whether these words stand on the page."""
        return words in self.page.locator("body").inner_text()

    def sent_out(self) -> str:
        """Return everything this browser has sent: addresses, headers' cookies aside, and bodies."""
        return "\n".join(f"{request.url}\n{request.post_data or ''}" for request in self.requests)

    def close(self) -> None:
        self.context.close()


@contextmanager
def visiting(browser: Browser, url: str, name: str, **options: object) -> Iterator[Visitor]:
    """Give a signed-in person; at the end their browser must have had nothing to complain about."""
    visitor = Visitor(browser, url, name, **options).sign_in()
    try:
        yield visitor
        assert visitor.complaints == []
    finally:
        visitor.close()
