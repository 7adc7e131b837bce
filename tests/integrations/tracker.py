"""A server on this machine that speaks as much of the APIs of GitHub, GitLab and Jira as their documentation says."""

import hashlib
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Reply = tuple[int, dict[str, str], object]


class TrackerServer:
    """Holds issues by the path of the API; `requests` is what it was asked."""

    def __init__(self) -> None:
        self.issues: dict[str, dict[str, Any]] = {}
        self.replies: dict[
            str, Callable[[], Reply]
        ] = {}  # by path, where it is not an issue that is answered
        self.requests: list[tuple[str, dict[str, str]]] = []
        tracker = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                path = self.path.partition("?")[0]
                tracker.requests.append((self.path, headers))
                status, sent, body = tracker.answer(path, headers)
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **sent}.items():
                    self.send_header(name, value)
                self.end_headers()
                if status != 304:
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path in self.replies:
            return self.replies[path]()
        if path not in self.issues:
            return 404, {}, {"message": "Not Found"}
        etag = f'W/"{hashlib.sha256(json.dumps(self.issues[path]).encode()).hexdigest()}"'
        if headers.get("if-none-match") == etag:
            return 304, {"ETag": etag, "Content-Length": "0"}, b""
        return 200, {"ETag": etag}, self.issues[path]

    def asked(self) -> list[str]:
        return [path for path, _ in self.requests]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
