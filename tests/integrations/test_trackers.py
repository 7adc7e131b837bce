"""The state of issues comes back from GitHub, GitLab and Jira: spared if unchanged, waited for, never believed."""

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.commons.improvements.models import Improvement
from fairlead.commons.improvements.services_tracker import tracker_saw
from fairlead.core.trackers import IssueState, Seen
from fairlead.foundation import clock
from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from fairlead.integrations.trackers.models import Look, Pause
from fairlead.integrations.trackers.services import round_go, rounds_begin
from tests.commons.test_improvements import factor_of, incident_of, planned
from tests.integrations.tracker import TrackerServer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 17, 20, tzinfo=UTC)


@pytest.fixture
def tracker(settings, socket_enabled):
    with TrackerServer() as server:
        settings.FAIRLEAD_PRIVATE_HOSTS = True
        settings.FAIRLEAD_GITHUB_URL, settings.FAIRLEAD_GITHUB_TOKEN = server.url, "gh-secret-token"
        yield server


def api(number, repository="lab"):
    return f"/api/v3/repos/harbour/{repository}/issues/{number}"


def issue(server, number, state="open", reason=None, repository="lab"):
    server.issues[api(number, repository)] = {
        "url": server.url + api(number, repository),
        "html_url": link(server, number, repository),
        "number": number,
        "title": "Ask Jonas Lindqvist about the lab",
        "user": {"login": "jlindqvist"},
        "state": state,
        "state_reason": reason,
    }


def link(server, number, repository="lab"):
    return f"{server.url}/harbour/{repository}/issues/{number}"


def work(moment=NOON):
    with clock.fixed(moment):
        while work_once(50):
            pass


def linked(cast, address, moment=NOON, **values):
    with clock.fixed(moment):
        return planned(cast, tracker_link=address, **values)


def stands(one):
    one.refresh_from_db()
    return one.tracker_state, one.tracker_moved_to


def test_a_linked_issue_is_looked_at_at_once_and_then_by_the_hour(cast, tracker):
    issue(tracker, 7)
    one = linked(cast, link(tracker, 7))
    work()
    assert stands(one) == ("open", "")
    issue(tracker, 7, "closed", "completed")
    with clock.fixed(NOON):
        rounds_begin()
        rounds_begin()  # started twice, as a server is
    assert OutboxRow.objects.filter(kind="trackers_round", done_at=None).count() == 1
    for hour in range(1, 4):
        work(NOON + timedelta(hours=hour))
    assert stands(one) == ("closed", "")
    assert len(tracker.requests) == 4
    assert OutboxRow.objects.filter(kind="trackers_round", done_at=None).count() == 1


def test_a_closed_issue_makes_nothing_done(cast, tracker):
    issue(tracker, 7, "closed", "completed")
    one = linked(cast, link(tracker, 7))
    work()
    one.refresh_from_db()
    assert one.state == "open"
    assert one.standing(one.due_on).key == "open"
    page = cast.client("director").get(f"/improvements/{one.pk}/").content.decode()
    assert "closed" in page
    assert "A closed issue does not make it done: a proof does." in page


def test_no_word_of_a_tracker_comes_into_the_commons(cast, tracker):
    issue(tracker, 7)
    one = linked(cast, link(tracker, 7))
    work()
    kept = repr(
        [
            Improvement.objects.values().get(pk=one.pk),
            Look.objects.values().get(),
            *OutboxRow.objects.values(),
        ]
    )
    assert "Jonas" not in kept
    assert "jlindqvist" not in kept
    assert "gh-secret-token" not in kept


def test_an_unchanged_issue_is_asked_for_with_its_mark_and_read_as_it_was(cast, tracker):
    issue(tracker, 7)
    one = linked(cast, link(tracker, 7))
    work()
    told = AuditEntry.objects.filter(action="improvement.tracker").count()
    with clock.fixed(NOON + timedelta(days=1)):
        round_go("github")
    first, second = (headers for _, headers in tracker.requests)
    assert "if-none-match" not in first
    assert second["if-none-match"].startswith('W/"')
    assert stands(one) == ("open", "")
    assert one.tracker_seen_on == (NOON + timedelta(days=1)).date()
    assert AuditEntry.objects.filter(action="improvement.tracker").count() == told == 1


def test_github_is_asked_as_it_wants_to_be(cast, tracker):
    issue(tracker, 7)
    linked(cast, link(tracker, 7))
    work()
    [(path, headers)] = tracker.requests
    assert path == api(7)
    assert headers["authorization"] == "Bearer gh-secret-token"
    assert headers["accept"] == "application/vnd.github+json"
    assert headers["x-github-api-version"] == "2022-11-28"
    assert headers["user-agent"] == "Fairlead"


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ((404, {}, {"message": "Not Found"}), "hidden"),
        ((410, {}, {"message": "This issue was deleted"}), "gone"),
        ((403, {}, {"message": "Resource not accessible by personal access token"}), "hidden"),
    ],
)
def test_an_issue_that_is_not_there_is_said_to_be_so(cast, tracker, reply, state):
    tracker.replies[api(7)] = lambda: reply
    one = linked(cast, link(tracker, 7))
    work()
    assert stands(one) == (state, "")


def test_an_issue_that_was_transferred_is_followed_to_where_it_lies(cast, tracker):
    issue(tracker, 9, "closed", "completed", repository="network")
    there = f"{tracker.url}/api/v3/repositories/2/issues/9"
    tracker.replies[api(7)] = lambda: (301, {"Location": there}, {"message": "Moved Permanently"})
    tracker.replies["/api/v3/repositories/2/issues/9"] = lambda: (200, {}, tracker.issues[api(9, "network")])
    one = linked(cast, link(tracker, 7))
    work()
    assert stands(one) == ("closed", link(tracker, 9, "network"))
    page = cast.client("director").get(f"/improvements/{one.pk}/").content.decode()
    assert "moved here" in page


def test_the_token_goes_to_no_other_server(cast, tracker):
    with TrackerServer() as elsewhere:
        tracker.replies[api(7)] = lambda: (301, {"Location": f"{elsewhere.url}/api/v3/x"}, {})
        one = linked(cast, link(tracker, 7))
        work()
        assert elsewhere.requests == []
    assert stands(one) == ("", "")


def test_an_issue_that_is_moved_round_in_a_circle_is_left(cast, tracker):
    tracker.replies[api(7)] = lambda: (301, {"Location": tracker.url + api(7)}, {})
    one = linked(cast, link(tracker, 7))
    work()
    assert (len(tracker.requests), stands(one)) == (2, ("", ""))


def test_an_address_that_names_somebody_is_left_out(cast, tracker):
    issue(tracker, 7)
    tracker.issues[api(7)]["html_url"] = f"{tracker.url}/jonas.lindqvist/lab/issues/7"
    one = linked(cast, link(tracker, 7))
    work()
    assert stands(one) == ("open", "")


def test_a_spent_limit_is_waited_for_by_every_issue_and_then_gone_on_with(cast, tracker):
    reset = NOON + timedelta(minutes=20)
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(reset.timestamp()))}
    for number in (1, 2):
        tracker.replies[api(number)] = lambda: (403, spent, {"message": "API rate limit exceeded"})
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    ones = [linked(cast, link(tracker, n), incident=incident, factor=factor) for n in (1, 2)]
    with clock.fixed(NOON):
        rounds_begin()
    work()
    assert len(tracker.requests) == 1
    assert Pause.objects.get().until == reset
    work(NOON + timedelta(minutes=10))
    assert len(tracker.requests) == 1
    for number in (1, 2):
        del tracker.replies[api(number)]
        issue(tracker, number)
    work(NOON + timedelta(hours=1))
    assert [stands(one)[0] for one in ones] == ["open", "open"]


def test_many_issues_are_looked_at_a_few_at_a_time_and_none_is_left_out(cast, tracker):
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    for number in range(9):
        issue(tracker, number)
        linked(cast, link(tracker, number), incident=incident, factor=factor)
    linked(cast, f"{tracker.url}/harbour/lab/wiki", incident=incident, factor=factor)  # no issue
    OutboxRow.objects.filter(kind="tracker_look").delete()
    with clock.fixed(NOON):
        rounds_begin()
    at = NOON.replace(minute=0) + timedelta(hours=1)
    for minute in range(4):
        work(at + timedelta(minutes=minute))
    assert sorted(tracker.asked()) == sorted(api(n) for n in range(9))
    assert set(
        Improvement.objects.exclude(tracker_link__endswith="wiki").values_list("tracker_state", flat=True)
    ) == {"open"}


@pytest.mark.parametrize(
    "reply",
    [
        (500, {}, b"down"),
        (401, {}, {"message": "Bad credentials"}),
        (200, {}, b"<html>a proxy says hello</html>"),
        (200, {}, b" " * (1024 * 1024 + 1)),
        (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08\x00 not really"),
    ],
)
def test_an_answer_that_says_nothing_leaves_what_was_known(cast, tracker, reply):
    issue(tracker, 7)
    one = linked(cast, link(tracker, 7))
    work()
    tracker.replies[api(7)] = lambda: reply
    with clock.fixed(NOON + timedelta(days=1)):
        round_go("github")
    assert stands(one) == ("open", "")
    assert one.tracker_seen_on == NOON.date()
    assert len(tracker.requests) == 2


def test_a_server_that_is_away_leaves_what_was_known(cast, tracker, settings):
    settings.FAIRLEAD_GITHUB_URL = "http://127.0.0.1:9"
    one = linked(cast, "http://127.0.0.1:9/harbour/lab/issues/7")
    work()
    assert stands(one) == ("", "")
    assert OutboxRow.objects.filter(kind="tracker_look", done_at=None).count() == 0


def test_a_server_inside_the_network_is_not_asked_unless_it_may_be(cast, tracker, settings):
    settings.FAIRLEAD_PRIVATE_HOSTS = False
    one = linked(cast, link(tracker, 7))
    work()
    assert (tracker.requests, stands(one)) == ([], ("", ""))


def test_without_a_token_nobody_is_asked(cast, tracker, settings):
    settings.FAIRLEAD_GITHUB_TOKEN = ""
    linked(cast, link(tracker, 7))
    work()
    with clock.fixed(NOON):
        rounds_begin()
        round_go("github")
    assert tracker.requests == []
    assert not OutboxRow.objects.filter(kind="trackers_round").exists()


def test_another_link_begins_without_a_state(cast, tracker):
    issue(tracker, 7, "closed")
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    one = linked(cast, link(tracker, 7), incident=incident, factor=factor)
    work()
    tracker.replies[api(8)] = lambda: (500, {}, b"")
    linked(cast, link(tracker, 8), incident=incident, factor=factor, improvement_id=one.pk, edition=1)
    assert stands(one) == ("", "")
    work()
    assert stands(one) == ("", "")
    del tracker.replies[api(8)]
    issue(tracker, 8)
    with clock.fixed(NOON + timedelta(days=1)):
        round_go("github")
    assert stands(one) == ("open", "")
    assert "if-none-match" not in tracker.requests[-1][1]


def test_what_is_said_of_a_link_that_was_changed_meanwhile_is_left(cast, tracker, settings):
    settings.FAIRLEAD_GITHUB_TOKEN = ""
    one = linked(cast, link(tracker, 8))
    tracker_saw(improvement_id=one.pk, link=link(tracker, 7), seen=Seen(IssueState.CLOSED))
    assert stands(one) == ("", "")


def test_gitlab_and_jira_are_asked_as_they_want_to_be(cast, tracker, settings):
    settings.FAIRLEAD_GITHUB_TOKEN = ""
    settings.FAIRLEAD_GITLAB_URL, settings.FAIRLEAD_GITLAB_TOKEN = tracker.url, "gl-token"
    settings.FAIRLEAD_JIRA_URL, settings.FAIRLEAD_JIRA_TOKEN = (
        tracker.url + "/jira",
        "bot@example.com:j-token",
    )
    lab = "/api/v4/projects/harbour%2Fnet%2Flab/issues/3"
    tracker.issues[lab] = {"id": 76, "iid": 3, "state": "closed", "moved_to_id": None}
    net = "/jira/rest/api/2/issue/NET-7"
    status = {"name": "In Progress", "statusCategory": {"id": 4, "key": "indeterminate"}}
    tracker.issues[net] = {"id": "1", "key": "OPS-4", "fields": {"status": status}}
    incident = incident_of(cast)
    factor = factor_of(cast, incident)
    of_gitlab = linked(cast, f"{tracker.url}/harbour/net/lab/-/issues/3", incident=incident, factor=factor)
    of_jira = linked(cast, f"{tracker.url}/jira/browse/NET-7", incident=incident, factor=factor)
    work()
    assert stands(of_gitlab) == ("closed", "")
    assert stands(of_jira) == ("started", f"{tracker.url}/jira/browse/OPS-4")
    headers = {path.partition("?")[0]: sent for path, sent in tracker.requests}
    assert headers[lab]["private-token"] == "gl-token"
    assert headers[net]["authorization"].startswith("Basic ")
    assert f"{net}?fields=status" in tracker.asked()
