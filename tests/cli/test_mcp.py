"""`fairlead mcp`, asked by a real client of the protocol over standard input and output."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from fairlead.commons.incidents.models import Incident
from fairlead.core.lessons.lesson import Lesson, Triggers
from fairlead.foundation.outbox.worker import work_once
from fairlead.guard.lessons.snapshot import write_snapshot
from tests.api.programs import token_for
from tests.core.lessons.changes import GIT, PYTHON
from tests.rules.world import without_a_case

BORDER = Lesson("border", "Two routes", "Production has two.", Triggers(sections=("router bgp",)), ("loop",))


def asked(place: Path, *calls: tuple[str, dict[str, object]], url: str = "", token: str = "") -> list:
    """Start the server in a place, ask for the tools and make the calls; return the tools and each answer."""

    async def session() -> list:
        program = str(Path(sys.executable).with_name("fairlead"))
        environment = {"PATH": os.environ["PATH"], "FAIRLEAD_TOKEN": token}
        server = StdioServerParameters(
            command=program, args=["mcp", *([url] if url else [])], env=environment, cwd=place
        )
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as client:
            await client.initialize()
            tools = await client.list_tools()
            return [tools.tools, *[await client.call_tool(name, values) for name, values in calls]]

    return anyio.run(session)


@pytest.fixture
def place(tmp_path):
    write_snapshot(
        tmp_path / ".fairlead" / "lessons.sqlite3",
        [BORDER],
        made_at=datetime(2026, 11, 25, tzinfo=UTC),
        origin="",
    )
    return tmp_path


def test_offline_lessons_and_the_coach_answer_and_the_rest_says_what_it_needs(place):
    tools, lessons, silent, nothing, coach, similar, flag = asked(
        place,
        ("lessons_for_change", {"diff": GIT}),
        ("lessons_for_change", {"diff": PYTHON}),
        ("lessons_for_change", {}),
        ("lint_text", {"text": "It was human error. They should have known better."}),
        ("similar_incidents", {"words": "routing loop"}),
        ("raise_flag", {"title": "Odd latency"}),
    )
    assert [one.name for one in tools] == [
        "lessons_for_change", "similar_incidents", "lint_text", "raise_flag",
    ]  # fmt: skip
    [told] = lessons.structured_content["lessons"]
    assert told["title"] == "Two routes"
    assert told["because"] == ["It changes something under “router bgp” (network/border/edge-1.cfg:13)."]
    assert told["run"] == ["fairlead prove loop"]
    assert silent.structured_content["lessons"] == []
    assert nothing.is_error
    assert nothing.content[0].text.endswith("Give the change: a diff, or the text of a ticket.")
    assert coach.structured_content["result"]
    for refused in (similar, flag):
        assert refused.is_error
        assert "This needs the server" in refused.content[0].text


def test_without_any_lessons_it_says_how_to_get_them(tmp_path):
    _, answer = asked(tmp_path, ("lessons_for_change", {"diff": GIT}))
    assert answer.is_error
    assert "fairlead lessons sync" in answer.content[0].text


def test_a_server_that_is_out_of_reach_leaves_the_old_lessons_and_says_so(place):
    _, lessons, flag = asked(
        place,
        ("lessons_for_change", {"diff": GIT}),
        ("raise_flag", {"title": "Odd latency"}),
        url="http://127.0.0.1:1",
        token="fl_x",
    )
    assert len(lessons.structured_content["lessons"]) == 1
    assert "These are the lessons fetched before." in lessons.structured_content["note"]
    assert "Nothing was put on record." in flag.content[0].text


@pytest.mark.django_db(transaction=True)
def test_with_the_server_it_finds_what_is_alike_and_raises_one_flag(live_server, cast, tmp_path):
    world = without_a_case(cast)
    while work_once(100):  # so that search knows the incident
        pass
    token = token_for(cast.teammate, "lessons:read", "incidents:read", "incidents:write")
    flag = {"title": "The loop of routes grows", "what_was_seen": "Latency doubles every hour."}
    _, lessons, alike, named, *flags = asked(
        tmp_path,
        ("lessons_for_change", {"diff": GIT}),
        ("similar_incidents", {"words": world.incident.title, "services": ["shop"]}),
        ("raise_flag", {"title": "Jonas Lindqvist broke it"}),
        ("raise_flag", flag),
        ("raise_flag", flag),
        url=live_server.url,
        token=token,
    )
    assert (lessons.structured_content["of"], lessons.structured_content["note"]) == (1, "")
    [found] = alike.structured_content["result"]
    assert found["incident"]["id"] == str(world.incident.pk)
    assert found["reasons"]
    assert "Nothing was put on record." in named.content[0].text
    assert "title, in neutral words: The " in named.content[0].text
    assert flags[0].structured_content["id"] == flags[1].structured_content["id"]
    assert Incident.objects.filter(kind="near_miss").values_list("title", flat=True).get() == flag["title"]


@pytest.mark.django_db(transaction=True)
def test_a_token_for_other_things_is_told_what_it_lacks(live_server, cast, place):
    token = token_for(cast.teammate, "lessons:read")
    _, flag = asked(place, ("raise_flag", {"title": "Odd"}), url=live_server.url, token=token)
    assert "This token is not good for incidents:write" in flag.content[0].text
