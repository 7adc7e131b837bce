"""talk.json is read back as it was written, and refused in clear words when it cannot be."""

import dataclasses
import json
import uuid
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core import talkfile
from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.talkfile import TalkEntry, TalkFile, TalkFileError, TalkTimes, read_talk, write_talk

AT = datetime(2026, 11, 19, 13, 27, tzinfo=UTC)
TALK = TalkFile(
    id=uuid.UUID("6f1c8f6e-3f5a-4c63-9d39-54fd1c6f5a10"),
    made_at=AT,
    playbook_id="fairlead-default",
    playbook_version="1.0",
    title="Routing loop on the shop's path",
    customer_saw="nobody could pay",
    zone="Europe/Berlin",
    times=TalkTimes(started=AT, resolved=datetime(2026, 11, 19, 14, 32, tzinfo=UTC)),
    entries=(TalkEntry(AT, "route change deployed"),),
    cost=Cost("USD", None, 16_500_000),
    share=Fraction(4, 5),
    support=Step.HEAVY,
    mechanism="untried_in_production",
    team_size=7,
    talk_on=date(2026, 11, 19),
    check_ins=(date(2026, 11, 23),),
    text="At 14:27 a routing change went out 🙈 \u200f\u0639\u0637\u0644",
)
LEAST = dataclasses.replace(
    TALK,
    times=TalkTimes(),
    entries=(),
    cost=None,
    share=None,
    support=None,
    mechanism=None,
    team_size=None,
    check_ins=(),
    text="",
)


def changed(path, value):
    content = json.loads(write_talk(TALK))
    place = content
    *way, last = path
    for step in way:
        place = place[step]
    place[last] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    "talk",
    [TALK, LEAST, dataclasses.replace(TALK, cost=Cost("EUR", (1, 2, 3), None))],
    ids=["full", "least", "total"],
)
def test_a_talk_is_read_back_as_it_was_written(talk):
    assert read_talk(write_talk(talk)) == talk
    assert write_talk(talk) == write_talk(read_talk(write_talk(talk)))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200))
def test_every_text_survives(text):
    assert read_talk(write_talk(dataclasses.replace(TALK, text=text))).text == text


def test_the_field_names_are_pinned_and_none_is_for_a_person():
    content = json.loads(write_talk(TALK))
    assert list(content) == [
        "schema",
        "id",
        "made_at",
        "playbook",
        "title",
        "customer_saw",
        "zone",
        "times",
        "entries",
        "impact",
        "mechanism",
        "team_size",
        "talk_on",
        "check_ins",
        "source",
    ]
    assert list(content["impact"]) == ["currency", "total", "rate_per_hour", "share", "support"]
    assert content["schema"] == "fairlead.talk/1"
    assert content["times"]["started"] == "2026-11-19T13:27:00Z"


@given(st.integers(min_value=0, max_value=len(write_talk(TALK)) - 3))
def test_a_file_cut_off_anywhere_is_refused(length):
    with pytest.raises(TalkFileError):
        read_talk(write_talk(TALK)[:length])


@pytest.mark.parametrize(
    "text",
    ["[]", "1", "{}", '{"schema": 1}', '{"schema": "fairlead.talk/x"}', '{"schema":"fairlead.talk/9999999"}'],
)
def test_something_else_is_not_a_talk(text):
    with pytest.raises(TalkFileError, match=r"not a talk\.json"):
        read_talk(text)


@pytest.mark.parametrize(
    "text", ["", "{", "nonsense", "[" * 100_000, '{"a": NaN}', '{"a": ' + "9" * 5000 + "}"]
)
def test_what_is_no_json_is_damaged(text):
    with pytest.raises(TalkFileError, match="damaged"):
        read_talk(text)


def test_a_newer_version_asks_for_an_update():
    with pytest.raises(TalkFileError, match="newer Fairlead"):
        read_talk(changed(["schema"], "fairlead.talk/2"))


def test_a_version_that_never_was_is_refused():
    with pytest.raises(TalkFileError, match="No version"):
        read_talk(changed(["schema"], "fairlead.talk/0"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(talkfile, "LARGEST", 10)
    with pytest.raises(TalkFileError, match="too large"):
        read_talk(write_talk(TALK))


def test_a_mark_of_the_byte_order_does_no_harm():
    assert read_talk("\ufeff" + write_talk(TALK)) == TALK


def test_half_a_character_is_replaced():
    assert read_talk(changed(["title"], "\ud83d")).title == "?"


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["id"], "x", "“id”"),
        (["made_at"], None, "“made_at”"),
        (["made_at"], "soon", "“made_at”"),
        (["made_at"], "2026-11-19T13:27:00", "“made_at”"),
        (["made_at"], "0001-01-01T00:00:00+14:00", "“made_at”"),
        (["title"], 7, "“title”"),
        (["title"], "a\nb", "“title”"),
        (["title"], "a" * 3000, "“title”"),
        (["zone"], "Mars", "“zone”"),
        (["times"], [], "“times”"),
        (["times", "started"], 7, "“times.started”"),
        (["entries"], {}, "“entries”"),
        (["entries", 0], 7, "“entries[0]”"),
        (["entries", 0, "at"], None, "“entries[0].at”"),
        (["entries", 0, "text"], None, "“entries[0].text”"),
        (["impact"], None, "“impact”"),
        (["impact", "currency"], None, "“impact.currency”"),
        (["impact", "rate_per_hour"], -1, "“impact.rate_per_hour”"),
        (["impact", "rate_per_hour"], True, "“impact.rate_per_hour”"),
        (["impact", "total"], 7, "“impact.total”"),
        (["impact", "total"], {"low": 3, "likely": 2, "high": 1}, "“impact.total”"),
        (["impact", "total"], {"low": 3}, "“impact.total”"),
        (["impact", "total"], {"low": 1, "likely": 2, "high": 3}, "“impact.currency”"),
        (["impact", "share"], "2", "“impact.share”"),
        (["impact", "share"], "1/0", "“impact.share”"),
        (["impact", "share"], "0." + "1" * 60, "“impact.share”"),
        (["impact", "support"], "lots", "“impact.support”"),
        (["team_size"], 2.5, "“team_size”"),
        (["talk_on"], "soon", "“talk_on”"),
        (["talk_on"], 7, "“talk_on”"),
        (["check_ins"], ["soon"], "“check_ins[0]”"),
        (["source"], "text", "“source”"),
        (["times", "resolved"], "2026-11-19T10:00:00Z", "ended before"),
    ],
)
def test_a_wrong_field_is_named(path, value, named):
    with pytest.raises(TalkFileError) as refused:
        read_talk(changed(path, value))
    assert named in str(refused.value)


def test_fields_of_a_later_edition_are_passed_over():
    assert read_talk(changed(["mood"], "calm")) == TALK
