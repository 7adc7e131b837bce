"""Asking the server, with a token: over https, or on this machine itself; never followed anywhere else."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

_PATIENCE: Final = 20
_MOST: Final = 512 * 1024 * 1024  # bytes of an answer
_FAILED: Final = 400


class ServerError(Exception):
    """The server was not reached, or did not take it; the message says which, and what to do.

    `status` is what it answered, or 0 when it was not reached. `neutral` are the texts it refused because they named
    somebody, by their field, in words that name nobody.
    """

    def __init__(self, words: str, status: int = 0, neutral: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.neutral = dict(neutral or {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON. Raises ServerError when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise ServerError(
                "The server answered with something that cannot be read.", self.status
            ) from None


def ask(
    url: str,
    token: str,
    method: str,
    path: str,
    *,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request to `URL/api/v1` + path and return the answer. Raises ServerError for any refusal."""
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme not in {"http", "https"} or not parts.hostname or (parts.scheme == "http" and not local):
        raise ServerError(f"{url} is not an https address, and the token would be readable on the way.")
    if not token:
        raise ServerError(
            "There is no token. Put one into FAIRLEAD_TOKEN; the page “Access for programs” makes them."
        )
    sent = {"Authorization": f"Bearer {token}", "Accept": "application/json", **(headers or {})}
    content = None
    if body is not None:
        content = json.dumps(body, ensure_ascii=False).encode()
        sent["Content-Type"] = "application/json"
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname, parts.port, timeout=_PATIENCE)
        try:
            connection.request(method, f"{parts.path.rstrip('/')}/api/v1{path}", content, sent)
            got = connection.getresponse()
            answer = Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read(_MOST))
        finally:
            connection.close()
    except http.client.IncompleteRead:
        raise ServerError(f"{parts.hostname} stopped in the middle of its answer.") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ServerError(f"{parts.hostname} did not answer ({error}).") from None
    if answer.status >= _FAILED:
        raise _refusal(parts.hostname, answer)
    return answer


def _refusal(host: str, answer: Answer) -> ServerError:
    try:
        problem = json.loads(answer.body)
        said = " ".join([problem["detail"], *(one["words"] for one in problem.get("missing", []))])
        neutral = problem.get("neutral", {})
    except (ValueError, KeyError, TypeError, AttributeError):
        said, neutral = "", {}
    if answer.status in {401, 403} and not said:
        said = "It does not take this token."
    return ServerError(f"{host} answered {answer.status}. {said}".strip(), answer.status, neutral)
