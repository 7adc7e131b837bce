"""What a tracker says of an issue: how GitHub, GitLab and Jira are asked, and what their answers mean.

Only a state comes back, never a word: titles and comments of a tracker name people. And a state is all it is: an issue
that was closed has not proved anything.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, cast
from urllib.parse import quote, urlsplit

_GITHUB_LINK: Final = re.compile(
    r"/(?P<owner>[\w.-]+)/(?P<repository>[\w.-]+)/(?:issues|pull)/(?P<number>\d+)/?"
)
_GITLAB_LINK: Final = re.compile(
    r"/(?P<project>[\w.-]+(?:/[\w.-]+)+)/-/(?:issues|work_items)/(?P<number>\d+)/?"
)
_JIRA_LINK: Final = re.compile(r"/browse/(?P<key>[A-Za-z][A-Za-z0-9_]*-\d+)/?")
_LONGEST_WAIT: Final = timedelta(days=1)
_SHORTEST_WAIT: Final = timedelta(minutes=1)  # what GitHub asks for where it names no time
_OK, _UNCHANGED, _MOVED, _UNKNOWN, _GONE, _TOO_MANY, _FORBIDDEN = (
    200,
    304,
    {301, 307, 308},
    404,
    410,
    429,
    403,
)
_REFUSED: Final = 401


class Tool(StrEnum):
    """The trackers that are asked."""

    GITHUB = "github"
    GITLAB = "gitlab"
    JIRA = "jira"


class IssueState(StrEnum):
    """How an issue stands."""

    OPEN = "open"
    STARTED = "started"
    CLOSED = "closed"
    NOT_PLANNED = "not_planned"  # closed without being made
    MOVED = "moved"  # to where it is not seen from here
    HIDDEN = "hidden"  # not there, or not for this token: trackers tell no difference
    GONE = "gone"  # deleted


@dataclass(frozen=True, slots=True)
class Tracker:
    """One tracker of an organisation: its address, and the token with which it is asked."""

    tool: Tool
    address: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A request: the address, and its headers, in which the token stands."""

    address: str
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an answer says of an issue; `moved_to` is a link to where it lies now, or empty."""

    state: IssueState
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An answer that says to ask at another address."""

    address: str


@dataclass(frozen=True, slots=True)
class Wait:
    """An answer that says to come back later."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """An answer that says nothing of the issue, with a short code for the log."""

    why: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An answer that says that nothing has changed since the last one."""


Answer = Seen | Elsewhere | Wait | NotUnderstood | Unchanged
_WITHOUT_AN_ISSUE: Final[Mapping[int, Answer]] = {
    304: Unchanged(),
    401: NotUnderstood("token_refused"),
    _FORBIDDEN: Seen(IssueState.HIDDEN),
    404: Seen(IssueState.HIDDEN),
    410: Seen(IssueState.GONE),
}


def question_for(tracker: Tracker, link: str) -> Question | None:
    """Return how to ask for the issue behind a link, or None for a link that is none of this tracker's."""
    base, parts = urlsplit(tracker.address), urlsplit(link)
    root = base.path.rstrip("/")
    same = (parts.scheme, parts.netloc.lower()) == (base.scheme, base.netloc.lower())
    if not same or not parts.path.startswith(root):
        return None
    path = parts.path[len(root) :]
    match tracker.tool:
        case Tool.GITHUB:
            found = _GITHUB_LINK.fullmatch(path)
            place = f"{_github_api(tracker.address)}/repos/{{owner}}/{{repository}}/issues/{{number}}"
        case Tool.GITLAB:
            found = _GITLAB_LINK.fullmatch(path)
            place = f"{tracker.address.rstrip('/')}/api/v4/projects/{{project}}/issues/{{number}}"
        case _:  # Jira
            found = _JIRA_LINK.fullmatch(path)
            place = f"{tracker.address.rstrip('/')}/rest/api/2/issue/{{key}}?fields=status"
    if found is None:
        return None
    named = {name: quote(value, safe="") for name, value in found.groupdict().items()}
    return Question(place.format(**named), _headers(tracker))


def _github_api(address: str) -> str:
    """Return where the API of a GitHub is: its own host for github.com and data residency, a path on a server."""
    parts = urlsplit(address)
    if parts.netloc == "github.com" or parts.netloc.endswith(".ghe.com"):
        return f"{parts.scheme}://api.{parts.netloc}"
    return f"{address.rstrip('/')}/api/v3"


def _headers(tracker: Tracker) -> dict[str, str]:
    match tracker.tool:
        case Tool.GITHUB:
            return {
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
                "Authorization": f"Bearer {tracker.token}",
            }
        case Tool.GITLAB:
            return {"Accept": "application/json", "PRIVATE-TOKEN": tracker.token}
        case _:  # Jira
            # "address:token" is how Jira Cloud is asked; a token alone is one of Jira Data Center.
            basic = base64.b64encode(tracker.token.encode()).decode()
            how = f"Basic {basic}" if ":" in tracker.token else f"Bearer {tracker.token}"
            return {"Accept": "application/json", "Authorization": how}


def read_answer(
    tracker: Tracker, link: str, *, status: int, headers: Mapping[str, str], body: bytes, now: datetime
) -> Answer:
    """Return what an answer says. Header names are in small letters."""
    if waits := _wait(status, headers, body, now):
        return waits
    if status in _MOVED and headers.get("location"):
        return Elsewhere(headers["location"])
    if status != _OK:
        return _WITHOUT_AN_ISSUE.get(status, NotUnderstood(f"status_{status}"))
    reads = {Tool.GITHUB: _github, Tool.GITLAB: _gitlab, Tool.JIRA: _jira}
    return reads[tracker.tool](tracker, link, _mapping(body)) or NotUnderstood("unknown_shape")


def _mapping(body: bytes) -> dict[str, Any]:
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def _github(tracker: Tracker, link: str, issue: Mapping[str, Any]) -> Seen | None:
    now_at = str(issue.get("html_url", ""))
    moved = now_at if question_for(tracker, now_at) and now_at.rstrip("/") != link.rstrip("/") else ""
    match issue.get("state"), issue.get("state_reason"):
        case "open", _:
            return Seen(IssueState.OPEN, moved)
        case "closed", "not_planned" | "duplicate":
            return Seen(IssueState.NOT_PLANNED, moved)
        case "closed", _:
            return Seen(IssueState.CLOSED, moved)
        case _:
            return None


def _gitlab(tracker: Tracker, link: str, issue: Mapping[str, Any]) -> Seen | None:
    if issue.get("moved_to_id") is not None:
        return Seen(IssueState.MOVED)
    match issue.get("state"):
        case "opened":
            return Seen(IssueState.OPEN)
        case "closed":
            return Seen(IssueState.CLOSED)
        case _:
            return None


def _jira(tracker: Tracker, link: str, issue: Mapping[str, Any]) -> Seen | None:
    try:
        category, key = str(issue["fields"]["status"]["statusCategory"]["key"]), str(issue["key"])
    except (KeyError, TypeError):
        return None
    now_at = f"{tracker.address.rstrip('/')}/browse/{key}"
    asked = link.rstrip("/").rpartition("/")[2]
    moved = now_at if key.upper() != asked.upper() and question_for(tracker, now_at) else ""
    state = {"new": IssueState.OPEN, "indeterminate": IssueState.STARTED, "done": IssueState.CLOSED}.get(
        category
    )
    return Seen(state, moved) if state else None


def _wait(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> Wait | None:
    """Return until when to wait: what Retry-After or the limit's own headers say, at least a minute, a day at most."""
    spent = headers.get("x-ratelimit-remaining") == "0"
    secondary = status == _FORBIDDEN and b"rate limit" in body.lower()
    if status != _TOO_MANY and not (
        status == _FORBIDDEN and (spent or secondary or "retry-after" in headers)
    ):
        return None
    if headers.get("retry-after", "").isdigit():
        until = now + timedelta(seconds=min(int(headers["retry-after"]), _LONGEST_WAIT.total_seconds()))
    else:
        until = _reset(headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or "") or now
    return Wait(min(max(until, now + _SHORTEST_WAIT), now + _LONGEST_WAIT))


def _reset(text: str) -> datetime | None:
    """Return the moment that a limit ends: seconds since 1970 at GitHub and GitLab, ISO 8601 at Jira."""
    try:
        if text.isdigit():
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
