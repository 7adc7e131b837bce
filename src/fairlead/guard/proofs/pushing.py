"""Telling the server: one POST for each entry of the evidence, with a token."""

import http.client
import json
from typing import Any, Final
from urllib.parse import urlsplit

_PATIENCE: Final = 20
_TAKEN: Final = frozenset({200, 201, 202, 409})  # 409: the server has this entry already


class PushError(Exception):
    """The server could not be told; the evidence is still here. The text says what to do."""


def push(url: str, token: str, made: dict[str, Any]) -> None:
    """Send one entry to `URL/api/v1/proofs/ID`. Raises PushError."""
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme not in {"http", "https"} or not parts.hostname or (parts.scheme == "http" and not local):
        raise PushError(f"{url} is not an https address, and the token would be readable on the way.")
    if not token:
        raise PushError(
            "There is no token. Put one into FAIRLEAD_TOKEN; the server's settings page makes them."
        )
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=_PATIENCE)
    path = f"{parts.path.rstrip('/')}/api/v1/proofs/{made['proof']}"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        connection.request("POST", path, json.dumps(made, ensure_ascii=False).encode(), headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise PushError(f"{parts.hostname} did not answer ({error}). The evidence is kept here.") from None
    finally:
        connection.close()
    if answer.status in {401, 403}:
        raise PushError(
            f"{parts.hostname} does not take this token ({answer.status}). The evidence is kept here."
        )
    if answer.status not in _TAKEN:
        raise PushError(
            f"{parts.hostname} answered {answer.status} {answer.reason}. The evidence is kept here."
        )
