"""What every answer carries, and what no page may contain."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import reverse

from tests.rules import expected_access as expected
from tests.rules.test_access_matrix import ask, routes
from tests.rules.world import with_a_case

pytestmark = pytest.mark.django_db
FIRST_VISIT = 100_000  # bytes, compressed
NEXT_PAGE = 20_000  # bytes, as they are sent
PRIVATE = {*expected.OUR_TALK, *expected.PREPARATION, "notice", "today", "talk_ask", "presence"}


ANSWERS: list[
    tuple[str, str, HttpResponse]
] = []  # asked once; what was answered does not change between the tests


@pytest.fixture
def answers(request):
    """Every address, asked by somebody of the talk, somebody else and nobody, with GET and POST."""
    if ANSWERS:
        return ANSWERS
    world = with_a_case(request.getfixturevalue("cast"), "ended")
    for actor in ("manager", "engineer", "rater", "teammate", "anonymous"):
        client = world.client(actor)
        for route in routes():
            for method in ("GET", "POST", "PUT"):
                answer, _ = ask(client, method, route, world)
                ANSWERS.append((f"{method} {route} as {actor}", route, answer))
    return ANSWERS


def directives(answer) -> dict[str, str]:
    policy = answer.headers["Content-Security-Policy"]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in policy.split(";"))}


def test_every_answer_says_what_a_browser_may_do_with_it(answers):
    for name, _, answer in answers:
        policy = directives(answer)
        assert policy["default-src"] == "'none'", name
        assert policy["frame-ancestors"] == "'none'", name
        assert "unsafe-inline" not in str(policy), name
        assert "unsafe-eval" not in str(policy), name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name


def test_no_answer_lets_another_site_learn_an_address(answers):
    """`no-referrer` would do the same and make browsers send forms with `Origin: null`, which the check of forms
    refuses; `same-origin` sends nothing to anybody else either."""
    for name, _, answer in answers:
        assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}, name


def test_nothing_of_the_private_side_is_kept_by_a_browser_or_a_proxy(answers):
    for name, route, answer in answers:
        if route in PRIVATE:
            assert "no-store" in answer.headers.get("Cache-Control", ""), name
            assert "private" in answer.headers["Cache-Control"], name


def test_signing_out_clears_what_the_browser_kept(cast):
    client = cast.client("engineer")
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


class Inline(HTMLParser):
    """Finds styles and scripts written into a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if name in {"src", "href", "action"} and (value or "").lstrip().lower().startswith("javascript:")
        ]


def test_no_page_holds_a_style_or_a_script_of_its_own(answers):
    pages = 0
    for name, _, answer in answers:
        if "html" in answer.headers.get("Content-Type", "") and answer.content:
            pages += 1
            page = Inline()
            page.feed(answer.content.decode())
            assert page.found == [], name
    assert pages > 100


def test_nothing_on_a_page_comes_from_elsewhere(answers):
    for name, _, answer in answers:
        if answer.streaming:  # a file to save, no page
            continue
        loaded = re.findall(rb'<(?:script|link|img|iframe|source)[^>]*(?:src|href)="([^"]*)"', answer.content)
        assert all(address.startswith((b"/", b"data:")) for address in loaded), name


@pytest.mark.parametrize("route", ["today", "incidents", "incident", "talk", "prepare_for", "talk_live"])
def test_the_first_visit_is_light(cast, route):
    world = with_a_case(cast, "ended")
    answer, _ = ask(world.client("manager"), "GET", route, world)
    names = set(re.findall(r'(?:src|href)="/static/([^"]+)"', answer.content.decode()))
    waiting = set(names)
    while waiting:  # what a module imports is loaded too
        text = Path(finders.find(waiting.pop())).read_text("utf-8", "replace")
        more = {f"site/{name}" for name in re.findall(r'(?:from|import) "\./([\w.-]+)"', text)} - names
        names |= more
        waiting |= more
    assert len(names) >= 5
    sizes = [len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names]
    assert sum(sizes) + len(gzip.compress(answer.content)) < FIRST_VISIT


def test_every_next_page_is_light_and_none_of_the_private_side_is_packed(cast):
    """Who sees the length of a packed page can guess at words on it; in the commons there is nothing to guess."""
    world = with_a_case(cast, "ended")
    for actor in ("manager", "engineer"):
        client = world.client(actor)
        client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
        for route in routes():
            answer, _ = ask(client, "GET", route, world)
            if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
                # The card holds the whole talk, so that it goes on where the network is away.
                most = NEXT_PAGE + (4_000 if route == "talk_live" else 0)
                assert len(answer.content) < most, route
            if route in PRIVATE:
                assert "Content-Encoding" not in answer.headers, route
