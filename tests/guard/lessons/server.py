"""A server that hands out lessons as Fairlead does, or in one of the ways in which a line goes wrong."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fairlead.core.lessons.lesson import Lesson

TOKEN = "fl_" + "T" * 43


class Told:
    """What it hands out, what it was asked, and how it goes wrong: "", cut, undigested, odd, refused or broken."""

    def __init__(self, lessons: list[Lesson]) -> None:
        self.lessons = lessons
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.trouble = ""
        self.url = ""

    def body(self) -> bytes:
        if self.trouble == "odd":
            return b'{"lessons": [{"id": 7}]}'
        return json.dumps({"lessons": [asdict(one) for one in self.lessons]}).encode()


@contextmanager
def handing_out(*lessons: Lesson) -> Iterator[Told]:
    told = Told(list(lessons))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers), b""))
            body = told.body()
            digest = hashlib.sha256(body).digest()
            etag = f'"{digest.hex()}"'
            if told.trouble == "broken" or self.headers["Authorization"] != f"Bearer {TOKEN}":
                self._answer(500 if told.trouble == "broken" else 401, b'{"detail": "Not this one."}', {})
            elif self.headers.get("If-None-Match") == etag:
                self._answer(304, b"", {"ETag": etag})
            else:
                sent = {"ETag": etag, "Content-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:"}
                if told.trouble == "undigested":
                    sent["Content-Digest"] = "sha-256=:AAAA:"
                self._answer(200, body, sent)

        def do_PUT(self) -> None:
            length = int(self.headers["Content-Length"])
            told.asked.append((self.path, dict(self.headers), self.rfile.read(length)))
            self._answer(200, b"{}", {})

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if told.trouble == "cut" else body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
