"""A server that speaks the part of GitHub's REST API that is needed here, as its documentation describes it."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"


class Pull:
    """A pull request: its comments, and what the token that asks may do."""

    def __init__(self) -> None:
        self.comments: list[dict[str, object]] = []
        self.may_write = True
        self.login = ""  # of the token; empty is the token of a workflow, which stands for no user
        self.refuse: list[dict[str, str]] = []  # headers of the next refusals for too many requests
        self.writes: list[str] = []
        self.per_page = 100
        self.url = ""

    def says(self, body: str, login: str = "somebody") -> None:
        self.comments.append({"id": len(self.comments) + 1, "body": body, "user": {"login": login}})

    def by_bot(self) -> list[str]:
        return [str(one["body"]) for one in self.comments if one["user"] == {"login": BOT}]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self._limited():
            return
        parts = urlsplit(self.path)
        if parts.path == "/api/v3/user":
            self._answer(200, {"login": self.server.pull.login}) if self.server.pull.login else self._answer(
                403, {"message": "Resource not accessible by integration"}
            )
            return
        assert parts.path == "/api/v3/repos/harbour/shop/issues/7/comments", parts.path
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        size, page = min(int(asked["per_page"]), self.server.pull.per_page), int(asked.get("page", 1))
        shown = self.server.pull.comments[(page - 1) * size : page * size]
        more = len(self.server.pull.comments) > page * size
        address = (
            f"{self.server.pull.url}/repos/harbour/shop/issues/7/comments?per_page={size}&page={page + 1}"
        )
        self._answer(200, shown, {"Link": f'<{address}>; rel="next"'} if more else {})

    def do_POST(self) -> None:
        body = self._written()
        if body is not None:
            self.server.pull.says(body, self.server.pull.login or BOT)
            self._answer(201, self.server.pull.comments[-1])

    def do_PATCH(self) -> None:
        body = self._written()
        if body is not None:
            number = int(re.fullmatch(r"/api/v3/repos/harbour/shop/issues/comments/(\d+)", self.path)[1])
            self.server.pull.comments[number - 1]["body"] = body
            self._answer(200, self.server.pull.comments[number - 1])

    def _written(self) -> str | None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        if self._limited():
            return None
        if not self.server.pull.may_write:
            self._answer(403, {"message": "Resource not accessible by integration"})
            return None
        self.server.pull.writes.append(self.command)
        return body

    def _limited(self) -> bool:
        refused = self.server.pull.refuse
        headers = refused.pop(0) if refused else None
        if headers is not None:
            self._answer(403, {"message": "API rate limit exceeded"}, headers)
        return headers is not None

    def _answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        assert self.headers["Authorization"].startswith("Bearer ")
        assert self.headers["User-Agent"]
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The server of one pull request."""

    pull: Pull


@contextmanager
def pull_request() -> Iterator[Pull]:
    with Server(("127.0.0.1", 0), Handler) as server:
        pull = server.pull = Pull()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        pull.url = f"http://127.0.0.1:{server.server_port}/api/v3"
        try:
            yield pull
        finally:
            server.shutdown()
            thread.join()
