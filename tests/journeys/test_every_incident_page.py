"""Every page of the incident's side that somebody can open: axe finds nothing, nothing overflows, none is left out.

The pages come from the table of who gets what at every address, so that a new one without a visit fails here.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys import story
from tests.journeys.house import House, loaded, open_house
from tests.journeys.test_bringing_in import CHAT
from tests.journeys.test_every_page import NEXT_PAGE, Inspector, _weighed
from tests.journeys.visitor import Visitor
from tests.rules.expected_access import COMMONS, SOURCES

# What no browser shows as a page of its own, and what the day of this test has nothing for.
NO_PAGES = {"review_file", "source_file", "export", "log_since", "import_progress", "debt"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(loaded(tmp_path / "data", "day-21")) as opened:
        yield opened


def _first(house: House, table: str, where: str = "1") -> str:
    """Return the id of one row, as addresses write it."""
    with sqlite3.connect(house.data / "fairlead.sqlite3") as rows:
        found = rows.execute(f"SELECT id FROM {table} WHERE {where}").fetchone()[0]  # noqa: S608 - ours
    return f"{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:]}"


def _to_look_at(house: House, person: Visitor, inspect: Callable[[Visitor, str], None]) -> dict[str, str]:
    """Bring in, log, write and publish, looking on the way; returns name and address of each page to look at."""
    person.go("/incidents/new/")
    person.write("A sentence, a chat log, an e-mail, a post-mortem", CHAT)
    person.send("See what was understood")
    person.send("Put it on record")
    incident = person.page.url
    person.go(incident + "add/")
    person.write(
        "A sentence, a chat log, an e-mail, a post-mortem", CHAT + "15:40 the last order went through\n"
    )
    person.send("See what was understood")
    what_it_adds = person.page.url
    person.go("/imports/")
    person.page.get_by_label("A table (CSV)").check()
    table = {
        "name": "old.csv",
        "mimeType": "text/csv",
        "buffer": b"title,started\nDisk full,2026-11-20 10:00\n",
    }
    person.page.get_by_label("The file").set_input_files(table)
    person.send("Look it over")
    import_run = person.page.url
    person.go("/incidents/new/")
    person.write("A sentence, a chat log, an e-mail, a post-mortem", CHAT)
    person.send("See what was understood")
    confirm = person.page.url
    person.go("/incidents/live/")
    person.write("What is going on?", "The shop is slow")
    person.send("Begin the log")
    log = person.page.url
    person.page.get_by_label("What happens").fill("alarm at the border pair")
    person.page.keyboard.press("Enter")
    line = person.page.locator(".log-line:not(.is-waiting) .log-foot a").first
    line.wait_for()
    line_page = line.get_attribute("href")
    complete = _first(house, "incidents_incident", "title LIKE 'Routing loop%'")
    of_the_story = f"{house.url}/incidents/{complete}/"
    story.write_review(person, of_the_story, inspect)
    improvement = f"/improvements/{_first(house, 'improvements_improvement', 'closed_on IS NULL')}/"
    closed = f"/improvements/{_first(house, 'improvements_improvement', 'closed_on > 0')}/"
    lesson = f"/lessons/{_first(house, 'lessons_lesson')}/"
    return {
        "incident": incident,
        "source": incident + "source/",
        "source_erase": f"/sources/{_first(house, 'records_source', 'incident_id IS NOT NULL')}/erase/",
        "text_add": incident + "add/",
        "text_look_over": what_it_adds,
        "incident_confirm": confirm,
        "import_run": import_run,
        "timeline": incident + "timeline/",
        "entry_add": incident + "timeline/new/",
        "entry": incident + f"timeline/{_first(house, 'timeline_entry')}/",
        "moment": incident + "moments/detected/",
        "impact": incident + "impact/",
        "factors": of_the_story + "factors/",
        "factor_question": of_the_story + "factors/A1/",
        "alike": incident + "alike/",
        "improvement_plan": incident + "improvements/new/",
        "decision_day": incident + "improvements/decision-day/",
        "incident_change": incident + "change/",
        "review": of_the_story + "review/",
        "review_publication": of_the_story + "review/editions/1/",
        "review_write": of_the_story + "review/write/",
        "review_publish": of_the_story + "review/publish/",
        "lesson_write": incident + "lessons/new/",
        "incidents": "/incidents/",
        "incidents, filtered": "/incidents/?more=1&q=shop&kind=incident",
        "incident_record": "/incidents/new/",
        "incident_by_hand": "/incidents/new/by-hand/",
        "log_start": "/incidents/live/",
        "imports": "/imports/",
        "adopt": "/incidents/adopt/",
        "search": "/search/?q=shop",
        "search, nothing": "/search/?q=zebra",
        "improvements": "/improvements/",
        "debts": "/improvements/debts/",
        "conditions": "/conditions/",
        "improvement": improvement,
        "improvement_change": improvement + "change/",
        "improvement_done": improvement + "done/",
        "improvement_drop": improvement + "drop/",
        "improvement_reopen": closed + "reopen/",
        "waiver_ask": improvement + "waiver/",
        "waiver_sign": f"/waivers/{_first(house, 'proofs_waiver')}/sign/",
        "lessons": "/lessons/",
        "lesson": lesson,
        "lesson_change": lesson + "change/",
        "review_template": "/review-template/",
        "harmless": "/words-that-name-nobody/",
        "log": log,
        "log_line": line_page,
        "log_update": log + "update/",
    }


def _everything_with_a_page() -> set[str]:
    commons = {name for name, (writers, _) in COMMONS.items() if writers.startswith("200")}
    return commons | {name for name, row in SOURCES.items() if row.startswith("200")}


def test_axe_finds_nothing_on_any_page_of_the_incidents_side_and_none_is_left_out(come, house):
    inspect, priya = Inspector(), come("priya")
    pages = _to_look_at(house, priya, inspect)
    for name, path in pages.items():
        assert priya.page.goto(path).status == 200, name
        inspect(priya, name)
    assert _everything_with_a_page() - pages.keys() - NO_PAGES == set()
    assert inspect.found == []
    heavy = {name: weight for name, path in pages.items() if (weight := _weighed(priya, path)[0]) > NEXT_PAGE}
    assert heavy == {}
