"""A server and a browser for the journeys; without Chromium they are skipped, and say so."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.house import House, loaded, open_house
from tests.journeys.visitor import CHROMIUM, Visitor, launch, visiting

Come = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing: apt-get install chromium"))


@pytest.fixture(scope="session")
def story_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story, loaded once; each journey begins with a copy of it."""
    return loaded(tmp_path_factory.mktemp("story") / "data")


@pytest.fixture
def house(story_data: Path, tmp_path: Path) -> Iterator[House]:
    with open_house(Path(shutil.copytree(story_data, tmp_path / "data"))) as opened:
        yield opened


# Not for the whole session: while Playwright runs, Django believes that it is called from asynchronous code.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def come(browser: Browser, house: House) -> Iterator[Come]:
    """Sign somebody in: `come("jonas")`. At the end nobody's browser may have had anything to complain about."""
    with ExitStack() as stack:

        def arrive(name: str, **options: object) -> Visitor:
            return stack.enter_context(visiting(browser, house.url, name, **options))

        yield arrive


@pytest.fixture
def manager(come: Come) -> Visitor:
    return come("amara")


@pytest.fixture
def engineer(come: Come) -> Visitor:
    return come("jonas")
