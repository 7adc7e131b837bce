"""What a coding agent may ask: lessons and the coach's words from here, incidents of the commons from the server."""

import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fairlead.core.language import lint
from fairlead.core.lessons.change import Change
from fairlead.core.lessons.diff import MOST_CHARACTERS, read_diff
from fairlead.core.lessons.match import matches
from fairlead.core.lessons.rank import shown
from fairlead.core.lessons.words import words_of
from fairlead.guard.lessons.fetching import fetch, known
from fairlead.guard.lessons.snapshot import SnapshotError, candidates
from fairlead.guard.server import ServerError, ask

_FRESH: Final = 600  # seconds between two looks for new lessons
_LONGEST: Final = 200_000


class AgentError(Exception):
    """What was asked cannot be answered; the message says why, and what to do."""


class Agent:
    """One agent's session. Without a server it goes on with the lessons that are here."""

    def __init__(self, url: str, token: str, snapshot: Path) -> None:
        self._snapshot, self._token = snapshot, token
        have = known(snapshot)
        self._url = url or (have.origin if have else "")
        self._looked_at: float | None = None

    def lessons(self, diff: str, ticket: str, services: list[str], roles: list[str]) -> dict[str, Any]:
        """Return the lessons that fire on a change, and how fresh they are."""
        if not diff.strip() and not ticket.strip():
            raise AgentError("Give the change: a diff, or the text of a ticket.")
        about = {"services": tuple(services), "roles": tuple(roles)}
        words = ticket[:MOST_CHARACTERS]
        change = (
            read_diff(diff.splitlines(), words=words, **about)
            if diff.strip()
            else Change(words=words, **about)
        )
        offline = self._refresh()
        try:
            asked = candidates(self._snapshot, words_of(change))
        except SnapshotError as error:
            raise AgentError(f"{error} {offline}".strip()) from None
        found = matches(asked.lessons, change)
        told = shown(found, change)
        origin = asked.about.origin
        return {
            "lessons": [
                {
                    "title": match.lesson.title,
                    "know": match.lesson.know,
                    "because": [f"It {reason.words}." for reason in match.reasons],
                    "run": [f"fairlead prove {one}" for one in match.lesson.safeguards],
                    "page": f"{origin}/lessons/{match.lesson.id}/" if origin else "",
                }
                for match in told
            ],
            "more": sum(not match.lesson.shadow for match in found) - len(told),
            "of": asked.of,
            "fetched_at": asked.made_at.isoformat(timespec="seconds"),
            "note": offline,
        }

    def similar(self, words: str, services: list[str]) -> list[dict[str, Any]]:
        """Return the incidents that are like what the words describe. Raises AgentError without a server."""
        query = urlencode({"words": words[:2_000], "services": ", ".join(services)[:500]})
        return list(self._ask("GET", f"/incidents/similar?{query}").json())

    def lint(self, text: str) -> list[dict[str, Any]]:
        """Return what the coach says about words that everybody may read."""
        names = ("line", "column", "rule", "level", "message", "why", "rewrites")
        return [{name: getattr(one, name) for name in names} for one in lint(text[:_LONGEST], "commons", ())]

    def flag(self, title: str, what_was_seen: str) -> dict[str, Any]:
        """Put an early flag on record; the same one twice on a day is one. Raises AgentError."""
        day = datetime.now(UTC).date().isoformat()
        key = hashlib.sha256(f"{day}\x00{title}\x00{what_was_seen}".encode()).hexdigest()
        body = {"kind": "near_miss", "title": title, "what_happened": what_was_seen}
        made = self._ask("POST", "/incidents", body=body, headers={"Idempotency-Key": key}).json()
        return {"id": made["id"], "title": made["title"], "page": made["page"]}

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        if not self._url:
            raise AgentError(
                "This needs the server: start “fairlead mcp” with its address, and FAIRLEAD_TOKEN set."
            )
        try:
            return ask(self._url, self._token, method, path, **more)
        except ServerError as error:
            neutral = "".join(
                f"\n{field}, in neutral words: {words}" for field, words in error.neutral.items()
            )
            kept = "" if method == "GET" else " Nothing was put on record."
            raise AgentError(f"{error}{kept}{neutral}") from None

    def _refresh(self) -> str:
        """Look for new lessons now and then, and return what to say when that is not possible."""
        now = time.monotonic()
        if not self._url or not self._token or (self._looked_at and now - self._looked_at < _FRESH):
            return ""
        try:
            fetch(self._url, self._token, self._snapshot, now=datetime.now(UTC))
        except (ServerError, OSError) as error:
            return f"{error} These are the lessons fetched before."
        self._looked_at = now
        return ""
