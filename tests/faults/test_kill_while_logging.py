"""A server killed while several people write a live log: every line that was acknowledged is there afterwards, once."""

import http.client
import random
import re
import sys
import threading
import time
import uuid
from pathlib import Path

from tests.faults.running import FETCH, Browser, Server

KILLS, WRITERS = 15, 3
PLANTED = (sys.executable, str(Path(__file__).with_name("serve_answering_early.py")))


def begin_a_log(browser: Browser) -> str:
    sent = {"title": "The shop is slow", "incident_id": str(uuid.uuid4()), "log_id": str(uuid.uuid4())}
    answer = browser.post("/incidents/live/", sent)
    assert answer.status == 302, answer.text[:2000]
    return answer.headers["Location"]


def keep_writing(browser: Browser, at: str, name: str, told: list[str], stop: threading.Event) -> None:
    """Write lines, each sent again under its id until it is acknowledged, until the server is gone."""
    number = 0
    while not stop.is_set():
        number += 1
        line = {"line_id": str(uuid.uuid4()), "words": f"{name}.{number};"}
        try:
            if browser.post(f"{at}lines/", line, FETCH).status == 200:
                told.append(line["words"])
            browser.post(f"{at}lines/", line, FETCH)  # as after an answer that was lost
        except (OSError, http.client.HTTPException):
            return


def drill(server: Server, *, kills: int) -> tuple[int, list[str], list[str]]:
    """Kill the server this often; return how many lines were acknowledged, and which are gone or there twice."""
    chance = random.Random(1432)  # noqa: S311 - the moment of a kill is no secret
    first = Browser(server).sign_in("priya")
    at, acknowledged = begin_a_log(first), []
    for round_number in range(kills):
        stop, writers = threading.Event(), []
        for writer in range(WRITERS):
            browser = Browser(server)
            browser.cookies = dict(first.cookies)
            name = f"w{writer}-{round_number}"
            task = threading.Thread(
                target=keep_writing, args=(browser, at, name, acknowledged, stop), daemon=True
            )
            writers.append(task)
            task.start()
        before, give_up = len(acknowledged), time.monotonic() + 60
        while len(acknowledged) == before and time.monotonic() < give_up:
            time.sleep(0.01)  # so that each round has something to lose, on a busy machine too
        time.sleep(chance.uniform(0.0, 0.3))
        server.kill()
        stop.set()
        for task in writers:
            task.join(20)
        server.start_again()
    there = re.findall(r'class="log-words" dir="auto">([^<]+)</span>', first.get(at).text)
    return (
        len(acknowledged),
        sorted(set(acknowledged) - set(there)),
        sorted({one for one in there if there.count(one) > 1}),
    )


def test_no_acknowledged_line_is_lost_and_none_is_there_twice(data):
    with Server(data) as server:
        acknowledged, lost, twice = drill(server, kills=KILLS)
    assert (lost, twice) == ([], [])
    assert acknowledged >= KILLS


def test_a_server_that_answers_before_it_commits_is_caught(data):
    with Server(data, command=PLANTED) as server:
        acknowledged, lost, _ = drill(server, kills=5)
    assert acknowledged > 0
    assert lost
