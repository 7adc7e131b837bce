"""Telling the server: from which entry it goes on, then one POST for each entry that it lacks, with a token."""

import http.client
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

_PATIENCE: Final = 20
_TRIES: Final = 2  # a connection that drops is tried once more: the server knows an entry again
_TAKEN: Final = frozenset({200, 201})
_SHOWN: Final = 5  # of what the server says is wrong


class PushError(Exception):
    """The server could not be told; the evidence is still here. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server that takes reports, and the token for it."""

    url: str
    token: str

    def head(self, proof_id: str, improvement: str) -> str:
        """Return the hash of the last entry that the server has of a proof. Raises PushError."""
        told = self._ask("GET", f"{proof_id}?improvement={quote(improvement, safe='')}")
        return str(told.get("head", ""))

    def send(self, made: dict[str, Any]) -> None:
        """Send one entry. The server knows one again that it has already. Raises PushError."""
        self._ask("POST", str(made["proof"]), made)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        parts = urlsplit(self.url)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or (parts.scheme == "http" and not local)
        ):
            raise PushError(
                f"{self.url} is not an https address, and the token would be readable on the way."
            )
        if not self.token:
            raise PushError(
                "There is no token. Put one into FAIRLEAD_TOKEN; the server's settings page makes them."
            )
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(body["hash"])}
        status, reason, said = _answer(self.url, method, f"/api/v1/proofs/{path}", content, headers)
        if status in {401, 403}:
            raise PushError(f"{parts.hostname} does not take this token ({status}). {said} {_KEPT}")
        if status not in _TAKEN:
            raise PushError(f"{parts.hostname} answered {status} {reason}. {said} {_KEPT}".replace("  ", " "))
        return _told(said)


_KEPT: Final = "The evidence is kept here."


def _answer(
    url: str, method: str, path: str, content: bytes | None, headers: dict[str, str]
) -> tuple[int, str, str]:
    """Return status, reason, and the text of an answer, or what it says is wrong. Raises PushError."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    for last in range(_TRIES):
        connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
        try:
            connection.request(method, parts.path.rstrip("/") + path, content, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            if last == _TRIES - 1:
                raise PushError(f"{parts.hostname} did not answer ({error}). {_KEPT}") from None
        else:
            return answer.status, answer.reason, text if answer.status in _TAKEN else _wrong(text)
        finally:
            connection.close()
    raise AssertionError("unreachable")


def _told(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text or "{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise PushError(f"The server's answer is not one of Fairlead. {_KEPT}")
    return told


def _wrong(text: str) -> str:
    """Return what the server says is wrong, in its own words, or nothing."""
    try:
        problem = json.loads(text)
        words = [str(problem["detail"]), *(str(one["words"]) for one in problem.get("missing", [])[:_SHOWN])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return " ".join(words)
