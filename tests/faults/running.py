"""A server process that can be killed, and a small browser that speaks HTTP to it."""

import http.client
import http.cookies
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from fairlead.site.demo.story import PASSWORD

FAIRLEAD = str(Path(sys.executable).parent / "fairlead")
STARTS_WITHIN = 60  # seconds, on a busy machine
FETCH = {"X-Requested-With": "fetch"}


def surroundings(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FAIRLEAD_") and name != "DJANGO_SETTINGS_MODULE"
    }
    return {**kept, "FAIRLEAD_DATA": str(data)}


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Server:
    """One server process on one data directory; `command` stands in for `fairlead` where a test plants a fault."""

    def __init__(self, data: Path, *, command: tuple[str, ...] = (FAIRLEAD,)) -> None:
        self.data, self.port = data, free_port()
        self.log = data.parent / f"{data.name}.log"
        self.command = [*command, "serve", "--data", str(data), "--port", str(self.port)]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as out:
            process = subprocess.Popen(self.command, env=surroundings(self.data), stdout=out, stderr=out)
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up and process.poll() is None:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return process
            time.sleep(0.05)
        process.kill()
        process.wait()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = self._start()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> dict[str, object]:
        return json.loads(self.content)


class Browser:
    """One person's browser: it keeps cookies, and sends the token of the forms."""

    def __init__(self, server: Server) -> None:
        self.port, self.cookies = server.port, {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookies, **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, answer.headers, content)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        token = {"X-CSRFToken": self.cookies.get("csrftoken", "")}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(form).encode(), {**token, **kind, **(headers or {})})

    def sign_in(self, name: str) -> "Browser":
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"login": f"{name}@harbour.example", "password": PASSWORD})
        assert answer.status == 302, answer.text[:2000]
        return self


def begin_a_talk(manager: Browser) -> str:
    """Begin the talk of the story through its pages, and return the address of the talk."""
    incident = re.search(r"/incidents/([0-9a-f-]{36})/", manager.get("/incidents/").text).group(1)
    page = manager.get(f"/our-talk/begin/{incident}/").text
    engineer = re.search(r'<option value="([0-9a-f-]{36})">Jonas', page).group(1)
    form = {"case_id": str(uuid.uuid4()), "engineer": engineer}
    answer = manager.post(f"/our-talk/begin/{incident}/", form)
    assert answer.status == 302, answer.text[:2000]
    return answer.headers["Location"].removesuffix("live/")


class Page:
    """An open page with one text on it, saving as it is typed."""

    def __init__(self, browser: Browser, at: str, slot: str) -> None:
        self.browser, self.address = browser, f"{at}notes/{slot}/"
        self.sitting, self.edit, self.base, self.words = str(uuid.uuid4()), 0, 0, ""

    def type(self, words: str) -> Answer:
        """Type a little more and save everything there is, as the page's script does."""
        self.words += words
        self.edit += 1
        form = {"words": self.words, "sitting": self.sitting, "edit": str(self.edit), "base": str(self.base)}
        answer = self.browser.post(self.address, form, FETCH)
        if answer.status in {200, 409} and "version" in answer.json():
            self.base = answer.json()["version"]
        return answer
