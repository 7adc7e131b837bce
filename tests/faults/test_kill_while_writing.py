"""A server killed while notes are being saved: whatever a page was told is saved is there afterwards."""

import http.client
import random
import sys
import threading
import time
from pathlib import Path

from tests.faults.running import Browser, Page, Server, begin_a_talk

KILLS = 50
SLOTS = ("facts", "person", "systems", "agree")
PLANTED = (sys.executable, str(Path(__file__).with_name("serve_answering_early.py")))


def keep_typing(page: Page, name: str, told: dict[str, int], stop: threading.Event) -> None:
    """Type and save until the server is gone; `told` holds the last piece that was acknowledged."""
    number = 0
    while not stop.is_set():
        number += 1
        try:
            answer = page.type(f"{name}.{number}; ")
        except (OSError, http.client.HTTPException):
            return
        if answer.status in {200, 409}:
            told[name] = number


def type_until_killed(
    server: Server, manager: Browser, at: str, round_number: int, after: float
) -> dict[str, int]:
    """Type on four pages at once, kill the server after a while, and return what was acknowledged."""
    told: dict[str, int] = {}
    stop = threading.Event()
    writers = []
    for slot in SLOTS:
        browser = Browser(server)
        browser.cookies = dict(manager.cookies)
        page = Page(browser, at, slot)
        writers.append(
            threading.Thread(
                target=keep_typing, args=(page, f"{slot}-{round_number}", told, stop), daemon=True
            )
        )
    for writer in writers:
        writer.start()
    time.sleep(after)
    server.kill()
    stop.set()
    for writer in writers:
        writer.join(20)
    return told


def drill(server: Server, *, kills: int, seed: int) -> tuple[int, list[str]]:
    """Kill the server this often; return how many saves were acknowledged and which of them are gone."""
    chance = random.Random(seed)  # noqa: S311 - the moment of a kill is no secret
    manager = Browser(server).sign_in("amara")
    at = begin_a_talk(manager)
    acknowledged: dict[str, int] = {}
    for round_number in range(kills):
        told = type_until_killed(server, manager, at, round_number, chance.uniform(0.05, 0.6))
        acknowledged |= told
        server.start_again()
        page = manager.get(f"{at}notes/").text
        lost = [f"{name}.{number}" for name, number in told.items() if f"{name}.{number};" not in page]
        if lost:
            return sum(acknowledged.values()), lost
    page = manager.get(f"{at}notes/").text  # everything of every round, as versions of the same notes
    gone = [f"{name}.{number}" for name, number in acknowledged.items() if f"{name}.{number};" not in page]
    return sum(acknowledged.values()), gone


def test_fifty_kills_lose_nothing_that_was_said_to_be_saved(data):
    with Server(data) as server:
        acknowledged, lost = drill(server, kills=KILLS, seed=1427)
    assert lost == []
    assert acknowledged > KILLS  # otherwise nothing was written between the kills


def test_a_server_that_answers_before_it_commits_is_caught(data):
    with Server(data, command=PLANTED) as server:
        acknowledged, lost = drill(server, kills=5, seed=1427)
    assert acknowledged > 0
    assert lost
