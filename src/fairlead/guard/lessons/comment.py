"""One comment of a pull request, kept up to date: written once, changed afterwards, never a second one.

Speaks GitHub's REST API. Whatever stands in the way is a `CommentError`, so that the caller can tell the lessons in
another way: a pull request from a fork has no right to write.
"""

import http.client
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from fairlead.core.lessons.match import Match
from fairlead.guard.lessons.printing import Outcome

MARK: Final = "<!-- fairlead lessons -->"
_PATIENCE: Final = 20
_LONGEST_WAIT: Final = 60  # seconds; a pipeline that waits longer disturbs more than a missing comment
_MOST_PAGES: Final = 30  # of a hundred comments each
_ACTIONS: Final = "github-actions[bot]"
_NEXT: Final = re.compile(r'<([^>]+)>;\s*rel="next"')
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~!])")
_REFUSED, _TOO_MANY, _FAILED = 403, 429, 400


class CommentError(Exception):
    """The comment could not be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """The pull request, the API it is reached by, and what may be done there."""

    api: str
    token: str
    repository: str
    number: int


def body_of(outcome: Outcome) -> str:
    """Return the comment as Markdown. Nothing in it calls anybody, and no text of a lesson can leave its place."""
    if not outcome.shown:
        return f"{MARK}\nNo lesson fires on this change any more.\n"
    parts = [_section(match, outcome.page_of(match.lesson)) for match in outcome.shown]
    end = "It says nothing about anybody, and stops nothing. At most three are told."
    return (
        "\n\n".join([f"{MARK}\n**Worth knowing before this goes out**", *parts, f"<sub>{end}</sub>"]) + "\n"
    )


def _section(match: Match, page: str) -> str:
    lesson = match.lesson
    said = [f"**{_plain(lesson.title)}**", "", _plain(lesson.know), ""]
    said += [f"- Because it {_plain(reason.words)}." for reason in match.reasons]
    said += [f"- Run: `fairlead prove {_code(safeguard)}`" for safeguard in lesson.safeguards]
    said += [f"- [Was it useful, or not? One click.]({page})"] if page else []
    return "\n".join(said)


def _plain(text: str) -> str:
    """Return a text that Markdown leaves alone and that mentions nobody."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")


def _code(text: str) -> str:
    return text.replace("`", "").replace("\n", " ")


def keep(place: Place, outcome: Outcome, *, wait: Callable[[float], None] = time.sleep) -> str:
    """Write the comment, or change the one that is there, and say in a word what was done. Raises CommentError."""
    there = _There(place, wait)
    body = body_of(outcome)
    mine = there.own_comment()
    if mine is None:
        if not outcome.shown:
            return "nothing to tell"
        there.ask("POST", f"{there.issue}/comments", {"body": body})
        return "written"
    if mine["body"].replace("\r\n", "\n").strip() == body.strip():
        return "unchanged"
    there.ask("PATCH", f"/repos/{place.repository}/issues/comments/{int(mine['id'])}", {"body": body})
    return "changed"


class _There:
    def __init__(self, place: Place, wait: Callable[[float], None]) -> None:
        self._place, self._wait = place, wait
        self._base = urlsplit(place.api)
        local = self._base.hostname in {"localhost", "127.0.0.1", "::1"}
        if not self._base.hostname or (self._base.scheme != "https" and not local):
            raise CommentError(f"{place.api} is not an https address")
        self.issue = f"/repos/{place.repository}/issues/{place.number}"

    def own_comment(self) -> dict[str, Any] | None:
        """Return the comment we wrote before: it has our mark, and its author is whose token this is."""
        author = self._author()
        for comment in self._comments():
            written_by = (comment.get("user") or {}).get("login")
            if written_by == author and str(comment.get("body", "")).startswith(MARK):
                return comment
        return None

    def _author(self) -> str:
        try:
            return str(self.ask("GET", "/user")[0]["login"])
        except CommentError:  # the token of a workflow stands for no user, and may not ask
            return _ACTIONS

    def _comments(self) -> Iterator[dict[str, Any]]:
        path = f"{self.issue}/comments?per_page=100"
        for _ in range(_MOST_PAGES):
            found, link = self.ask("GET", path)
            yield from found
            following = _NEXT.search(link)
            if not following:
                return
            parts = urlsplit(following[1])
            if parts.hostname != self._base.hostname:
                raise CommentError("the list of comments goes on at another server")
            path = f"{parts.path.removeprefix(self._base.path.rstrip('/'))}?{parts.query}"

    def ask(self, method: str, path: str, body: object = None) -> tuple[Any, str]:
        """Return the answer and its `Link` header; waits once when there were too many requests."""
        status, headers, content = self._once(method, path, body)
        if status in {_REFUSED, _TOO_MANY} and (seconds := _seconds(headers)) is not None:
            if seconds > _LONGEST_WAIT:
                raise CommentError("there were too many requests, and it would take too long to wait")
            self._wait(seconds)
            status, headers, content = self._once(method, path, body)
        if status >= _FAILED:
            raise CommentError(f"{self._base.hostname} answered {status}")
        try:
            return json.loads(content), headers.get("link", "")
        except ValueError:
            raise CommentError(f"{self._base.hostname} answered with something that cannot be read") from None

    def _once(self, method: str, path: str, body: object) -> tuple[int, dict[str, str], bytes]:
        kind = http.client.HTTPSConnection if self._base.scheme == "https" else http.client.HTTPConnection
        connection = kind(str(self._base.hostname), self._base.port, timeout=_PATIENCE)
        headers = {
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
            "Authorization": f"Bearer {self._place.token}",
            "User-Agent": "fairlead",
        }
        content = None if body is None else json.dumps(body).encode()
        try:
            connection.request(method, self._base.path.rstrip("/") + path, content, headers)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CommentError(f"{self._base.hostname} did not answer ({error})") from None
        finally:
            connection.close()


def _seconds(headers: dict[str, str]) -> float | None:
    """Return how long to wait by what the answer says; None when it was no limit that refused."""
    if (after := headers.get("retry-after", "")).isdecimal():
        return float(after)
    if headers.get("x-ratelimit-remaining") == "0" and headers.get("x-ratelimit-reset", "").isdecimal():
        return max(0.0, float(headers["x-ratelimit-reset"]) - time.time())
    return None
