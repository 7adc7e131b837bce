"""Does the commons stay fast over 100,000 incidents? A real server process on SQLite, eight connections at once.

`--count`, `--data` (kept and used again), `--port`, `--seconds` for each row. Goals: p95 under 100 ms, a first visit
under 100 kB, the next page under 20 kB, and a number of queries that does not depend on how much there is. The server
is one process, so with eight connections an answer takes eight times the CPU of a request: that column tells, on a
machine that others use as well, what the times cannot.
"""

import argparse
import gzip
import http.client
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = "a-long-benchmark-password"  # noqa: S105 - of a database that is thrown away
EMAIL = "ada@bench.example"
CONNECTIONS = 8


def set_up(data: Path) -> None:
    """Bring Django up on a data directory of the benchmark's own."""
    os.environ["FAIRLEAD_DATA"] = str(data)
    data.mkdir(parents=True, exist_ok=True)
    from fairlead.foundation.vault.keys import create_key_file  # noqa: PLC0415

    if not (data / "keys.json").exists():
        create_key_file(data / "keys.json")
    from fairlead.site.server import set_up as bring_up  # noqa: PLC0415

    bring_up()


def build(count: int) -> None:
    """Fill the database and index it, unless that has been done."""
    from benchmarks.incidents_made import fill  # noqa: PLC0415
    from fairlead.commons.incidents.models import Incident  # noqa: PLC0415
    from fairlead.people.models import Organisation  # noqa: PLC0415
    from fairlead.people.services import account_add, organisation_set, team_join  # noqa: PLC0415
    from fairlead.site.searched import index_everything  # noqa: PLC0415
    from fairlead.site.server import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    if not Organisation.objects.exists():
        organisation_set(name="Bench", currency="EUR", zone="Europe/Berlin")
        account = account_add(email=EMAIL, name="Ada Berg", password=PASSWORD, zone="Europe/Berlin")
        team_join(team="Network", account=account, manages=True)
    if Incident.objects.count() >= count:
        return
    began = time.monotonic()
    for done in fill(count):
        print(f"\r{done} made", end="", file=sys.stderr, flush=True)
    made = time.monotonic()
    for done, whole in index_everything():
        print(f"\r{done} of {whole} indexed", end="", file=sys.stderr, flush=True)
    print(f"\nmade in {made - began:.0f} s, indexed in {time.monotonic() - made:.0f} s", file=sys.stderr)


class Browser:
    """One keep-alive connection with its cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Accept-Encoding": "gzip",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **form})
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read(), dict(answer.headers)

    def sign_in(self) -> "Browser":
        self.ask("/accounts/login/")
        status, _, _ = self.ask("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        assert status == 302, status
        return self


@dataclass
class Row:
    """What was measured for one kind of page."""

    name: str
    paths: list[str]
    times: list[float] = field(default_factory=list)
    queries: int = 0
    first: int = 0
    next: int = 0
    lasted: float = 0
    cpu: float = 0


def cpu_of(process: int) -> float:
    """Return the seconds of CPU a process has used so far, user and system."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hammer(row: Row, cookies: dict[str, str], port: int, seconds: float) -> None:
    """Ask for a row's pages over eight connections until the time is up."""
    stop, lock, turn = time.monotonic() + seconds, threading.Lock(), iter(range(10**9))

    def work() -> None:
        browser = Browser(port)
        browser.cookies = dict(cookies)
        mine = []
        while time.monotonic() < stop:
            path = row.paths[next(turn) % len(row.paths)]
            began = time.perf_counter()
            status, _, _ = browser.ask(path)
            mine.append(time.perf_counter() - began)
            assert status == 200, (path, status)
        with lock:
            row.times += mine

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.lasted = time.monotonic() - began


def weigh(row: Row, browser: Browser) -> None:
    """Count the bytes of the page alone, and with every file of ours that it loads."""
    weights = []
    for path in row.paths[:8]:
        _, page, headers = browser.ask(path)
        size = len(page) + len(str(headers))
        page = gzip.decompress(page) if headers.get("Content-Encoding") == "gzip" else page
        files, seen = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page), set()
        first = size
        while files:
            name = files.pop().decode()
            if name in seen:
                continue
            seen.add(name)
            _, body, got = browser.ask(name)
            first += len(body) + len(str(got))
            if name.endswith(".js") and got.get("Content-Encoding") != "gzip":
                files += [
                    urllib.parse.urljoin(name, one.decode()).encode()
                    for one in re.findall(rb'"(\./[^"]+\.js)"', body)
                ]
        weights.append((first, size))
    row.first, row.next = max(first for first, _ in weights), max(size for _, size in weights)


def count_queries(rows: list[Row]) -> None:
    """Count the queries of each kind of page, inside this process; the most of its pages."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    assert client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    client.get("/")
    for row in rows:
        for path in row.paths[:8]:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            row.queries = max(row.queries, len(queries))


def pages(count: int) -> list[Row]:
    """Choose what is asked for: each kind of page with several addresses, so that no cache answers for all."""
    from fairlead.commons.incidents.listing import IncidentFilters, Place, incident_list  # noqa: PLC0415
    from fairlead.commons.incidents.models import Incident  # noqa: PLC0415
    from fairlead.core.visibility import Actor  # noqa: PLC0415

    dated = Incident.objects.filter(started_at__isnull=False).order_by("-started_at")
    spread = list(dated.values_list("pk", flat=True))[:: max(1, count // 100)]
    deep = [Place(one.started_at, one.pk) for one in dated[count // 10 : count : count // 10]]
    assert incident_list(Actor("", ""), IncidentFilters()).incidents
    q = urllib.parse.quote
    return [
        Row("list", ["/incidents/"]),
        Row("list, far down", ["/incidents/?from=" + q(str(place)) for place in deep]),
        Row("incident", [f"/incidents/{key}/" for key in spread]),
        Row(
            "list, filtered",
            [
                "/incidents/?severity=sev1&mechanism=wrong_target",
                "/incidents/?service=shop&unfinished=on",
                "/incidents/?factor=lab_differs&strength=stronger",
                "/incidents/?kind=near_miss&since=2024-01-01&until=2024-03-31",
                "/incidents/?service=bucket",
                "/incidents/?q=shard+expired&severity=sev2",
                "/incidents/?q=customers",
                "/incidents/?factor=below_rota&severity=sev1",
            ],
        ),
        Row(
            "search, rare",
            ["/search/?q=" + q(w) for w in ("peerable7", "diskic6 certal", '"tunnum5"', "zonage")],
        ),
        Row(
            "search, common",
            ["/search/?q=" + q(w) for w in ("the", "service of", "a", "customers could", "shop was")],
        ),
        Row(
            "board",
            ["/improvements/", "/improvements/?question=O1", "/improvements/?state=late&strength=weaker"],
        ),
        Row("conditions", ["/conditions/", "/conditions/?last=50"]),
        Row("today", ["/"]),
    ]


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=Path("/tmp/fairlead-bench-incidents"))  # noqa: S108
    parser.add_argument("--port", type=int, default=8149)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    set_up(args.data)
    build(args.count)
    rows = [row for row in pages(args.count) if row.name.startswith(args.only)]
    count_queries(rows)
    server = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "fairlead"),
            "serve",
            "--data",
            str(args.data),
            "--port",
            str(args.port),
        ],
        env={**os.environ, "FAIRLEAD_URL": f"http://127.0.0.1:{args.port}"},
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        browser = Browser(args.port).sign_in()
        browser.ask("/")
        for row in rows:
            weigh(row, browser)
            before = cpu_of(server.pid)
            hammer(row, browser.cookies, args.port, args.seconds)
            row.cpu = (cpu_of(server.pid) - before) / len(row.times)
    finally:
        server.terminate()
        server.wait(20)
    print(f"{args.count} incidents, SQLite, {CONNECTIONS} connections, load {os.getloadavg()[0]:.1f}")
    print(
        f"{'':16}{'requests/s':>11}{'p50':>9}{'p95':>9}{'CPU':>10}{'queries':>9}{'first visit':>13}{'next page':>11}"
    )
    for row in rows:
        times = sorted(row.times)
        p50, p95 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
        print(
            f"{row.name:16}{len(times) / row.lasted:>11.0f}{p50:>6.0f} ms{p95:>6.0f} ms{row.cpu * 1000:>7.1f} ms"
            f"{row.queries:>9}"
            f"{row.first / 1000:>10.1f} kB{row.next / 1000:>8.1f} kB"
        )


if __name__ == "__main__":
    main()
