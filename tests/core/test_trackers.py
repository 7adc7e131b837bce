"""How trackers are asked, and what their answers mean. The answers are written after the trackers' documentation."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from fairlead.core.trackers import (
    Elsewhere,
    IssueState,
    NotUnderstood,
    Seen,
    Tool,
    Tracker,
    Unchanged,
    Wait,
    question_for,
    read_answer,
)

GITHUB = Tracker(Tool.GITHUB, "https://github.com", "gh-token")
SERVER = Tracker(Tool.GITHUB, "https://git.example.com/", "gh-token")
GITLAB = Tracker(Tool.GITLAB, "https://gitlab.example.com/sub", "gl-token")
JIRA = Tracker(Tool.JIRA, "https://example.atlassian.net", "bot@example.com:jira-token")
CENTER = Tracker(Tool.JIRA, "https://jira.example.com", "pat")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ISSUE = "https://github.com/harbour/lab/issues/7"


@pytest.mark.parametrize(
    ("tracker", "link", "asked"),
    [
        (GITHUB, ISSUE, "https://api.github.com/repos/harbour/lab/issues/7"),
        (GITHUB, ISSUE.replace("issues", "pull") + "/", "https://api.github.com/repos/harbour/lab/issues/7"),
        (GITHUB, ISSUE + "#issuecomment-1", "https://api.github.com/repos/harbour/lab/issues/7"),
        (SERVER, "https://git.example.com/a/b.c/issues/1", "https://git.example.com/api/v3/repos/a/b.c/issues/1"),
        (
            Tracker(Tool.GITHUB, "https://harbour.ghe.com", "t"),
            "https://harbour.ghe.com/a/b/issues/1",
            "https://api.harbour.ghe.com/repos/a/b/issues/1",
        ),
        (
            GITLAB,
            "https://gitlab.example.com/sub/group/team/lab/-/issues/12",
            "https://gitlab.example.com/sub/api/v4/projects/group%2Fteam%2Flab/issues/12",
        ),
        (
            GITLAB,
            "https://gitlab.example.com/sub/group/lab/-/work_items/12",
            "https://gitlab.example.com/sub/api/v4/projects/group%2Flab/issues/12",
        ),
        (JIRA, "https://example.atlassian.net/browse/NET-7", "https://example.atlassian.net/rest/api/2/issue/NET-7?fields=status"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_question(tracker, link, asked):
    assert question_for(tracker, link).address == asked


@pytest.mark.parametrize(
    ("tracker", "link"),
    [
        (GITHUB, "https://github.com/harbour/lab"),
        (GITHUB, "https://github.com/harbour/lab/issues/x"),
        (GITHUB, "http://github.com/harbour/lab/issues/7"),
        (GITHUB, "https://github.com.example.com/harbour/lab/issues/7"),
        (GITHUB, "https://example.com/?https://github.com/harbour/lab/issues/7"),
        (GITHUB, "https://github.com/harbour/lab/issues/7/../../../../user"),
        (GITLAB, "https://gitlab.example.com/group/lab/-/issues/12"),
        (JIRA, "https://example.atlassian.net/browse/NET"),
        (JIRA, ""),
    ],
)
def test_another_link_leads_nowhere(tracker, link):
    assert question_for(tracker, link) is None


def test_each_tracker_is_asked_with_its_token_the_way_it_wants_it_and_none_is_shown():
    def headers(tracker, link):
        return question_for(tracker, link).headers

    assert headers(GITHUB, ISSUE)["Authorization"] == "Bearer gh-token"
    assert headers(GITLAB, "https://gitlab.example.com/sub/g/l/-/issues/1")["PRIVATE-TOKEN"] == "gl-token"
    basic = base64.b64encode(b"bot@example.com:jira-token").decode()
    assert headers(JIRA, "https://example.atlassian.net/browse/N-1")["Authorization"] == f"Basic {basic}"
    assert headers(CENTER, "https://jira.example.com/browse/N-1")["Authorization"] == "Bearer pat"
    assert "gh-token" not in repr(GITHUB) + repr(question_for(GITHUB, ISSUE))


def read(tracker=GITHUB, link=ISSUE, status=200, body=None, **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_answer(tracker, link, status=status, headers=sent, body=content, now=NOW)


def jira(category, key="NET-7"):
    return {"key": key, "fields": {"status": {"name": "In Arbeit", "statusCategory": {"key": category}}}}


LAB = "https://gitlab.example.com/sub/g/lab/-/issues/1"
NET = "https://example.atlassian.net/browse/NET-7"


@pytest.mark.parametrize(
    ("tracker", "link", "body", "seen"),
    [
        (GITHUB, ISSUE, {"state": "open", "html_url": ISSUE}, Seen(IssueState.OPEN)),
        (GITHUB, ISSUE, {"state": "closed", "state_reason": "completed"}, Seen(IssueState.CLOSED)),
        (GITHUB, ISSUE, {"state": "closed", "state_reason": None}, Seen(IssueState.CLOSED)),
        (GITHUB, ISSUE, {"state": "closed", "state_reason": "not_planned"}, Seen(IssueState.NOT_PLANNED)),
        (GITHUB, ISSUE, {"state": "closed", "state_reason": "duplicate"}, Seen(IssueState.NOT_PLANNED)),
        (
            GITHUB,
            ISSUE,
            {"state": "open", "html_url": "https://github.com/harbour/network/issues/9"},
            Seen(IssueState.OPEN, "https://github.com/harbour/network/issues/9"),
        ),
        (GITHUB, ISSUE, {"state": "open", "html_url": "https://elsewhere.example/x"}, Seen(IssueState.OPEN)),
        (GITLAB, LAB, {"state": "opened", "moved_to_id": None}, Seen(IssueState.OPEN)),
        (GITLAB, LAB, {"state": "closed"}, Seen(IssueState.CLOSED)),
        (GITLAB, LAB, {"state": "closed", "moved_to_id": 42}, Seen(IssueState.MOVED)),
        (JIRA, NET, jira("new"), Seen(IssueState.OPEN)),
        (JIRA, NET, jira("indeterminate"), Seen(IssueState.STARTED)),
        (JIRA, NET, jira("done"), Seen(IssueState.CLOSED)),
        (
            JIRA,
            NET,
            jira("done", "LAB-3"),
            Seen(IssueState.CLOSED, "https://example.atlassian.net/browse/LAB-3"),
        ),
    ],
)
def test_an_issue_is_read(tracker, link, body, seen):
    assert read(tracker, link, body=body) == seen


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (304, Unchanged()),
        (404, Seen(IssueState.HIDDEN)),
        (410, Seen(IssueState.GONE)),
        (403, Seen(IssueState.HIDDEN)),
        (401, NotUnderstood("token_refused")),
        (500, NotUnderstood("status_500")),
        (301, NotUnderstood("status_301")),
    ],
)
def test_an_answer_without_an_issue_is_read(status, told):
    assert read(status=status) == told


def test_an_issue_that_was_transferred_is_asked_for_where_it_is():
    assert read(status=301, location="https://api.github.com/repositories/2/issues/9") == Elsewhere(
        "https://api.github.com/repositories/2/issues/9"
    )


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b"[" * 100_000, {"state": "half open"}, {"state": 3}]
)
@pytest.mark.parametrize(("tracker", "link"), [(GITHUB, ISSUE), (GITLAB, LAB), (JIRA, NET)])
def test_a_shape_nobody_knows_is_not_understood(tracker, link, body):
    assert read(tracker, link, body=body) == NotUnderstood("unknown_shape")


@pytest.mark.parametrize(
    "fields", [None, [], {"status": None}, {"status": {"statusCategory": {"key": "undefined"}}}]
)
def test_a_status_nobody_knows_is_not_understood(fields):
    assert read(JIRA, NET, body={"key": "NET-7", "fields": fields}) == NotUnderstood("unknown_shape")


EPOCH = str(int((NOW + timedelta(minutes=20)).timestamp()))


@pytest.mark.parametrize(
    ("status", "headers", "body", "minutes"),
    [
        (429, {"retry_after": "120"}, None, 2),
        (429, {"retry_after": "1"}, None, 1),  # a minute at least
        (429, {"retry_after": "9" * 30}, None, 24 * 60),  # a day at most
        (429, {}, None, 1),
        (403, {"x_ratelimit_remaining": "0", "x_ratelimit_reset": EPOCH}, None, 20),  # GitHub
        (403, {"retry_after": "300"}, None, 5),  # GitHub, too many at once
        (403, {}, {"message": "You have exceeded a secondary rate limit."}, 1),
        (429, {"ratelimit_reset": EPOCH}, None, 20),  # GitLab
        (429, {"x_ratelimit_reset": "2026-11-20T12:20:00Z"}, None, 20),  # Jira
        (429, {"x_ratelimit_reset": "2026-11-20T12:20"}, None, 20),
        (429, {"x_ratelimit_reset": "soon"}, None, 1),
        (429, {"x_ratelimit_reset": "9" * 40}, None, 1),
        (429, {"retry_after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None, 1),
    ],
)
def test_who_says_wait_is_waited_for(status, headers, body, minutes):
    assert read(status=status, body=body, **headers) == Wait(NOW + timedelta(minutes=minutes))
