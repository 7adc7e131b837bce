"""A Slack export: chosen channels in, direct messages never, and no archive that harms."""

import io
import json
import stat
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.importing import read_slack
from fairlead.core.importing.archive import Archive, ArchiveError, Limits
from fairlead.core.importing.slack import DIRECT, NO_CHANNELS
from fairlead.core.importing.slack_markup import plain_words
from tests.core.importing.samples import CHANNELS, DAYS, NOW, clocks, export, packed, shown

PRIVATE = [{"id": "G01", "name": "war-room", "purpose": {"value": "Quiet"}}]
MESSAGE = {"type": "message", "text": "the deploy broke it", "ts": "1795181220.000100"}


def read(stream, **given_):
    return read_slack(stream, now=NOW, **given_)


def test_a_channel_becomes_an_incident_with_its_messages_as_they_were_shown():
    reading = read(export(), zone="Europe/Berlin")
    (incident,) = reading.incidents
    assert (incident.source_id, incident.title, incident.zone) == (
        "slack:C01",
        "Checkout down & out",
        "Europe/Berlin",
    )
    assert shown(incident) == [
        ("13:27", "@rowan.a the deploy broke <checkout>, see the page (https://status.example)"),
        ("13:52", "rolled back, see #random @here"),
        ("14:32", "orders restored"),
        ("15:53", "graph [file: graph.png]"),
    ]
    assert clocks(incident) == ["20 13:27", None, "20 13:52", "20 14:32"]
    assert (reading.problems, incident.problems) == ((), ())


def test_the_same_export_gives_the_same_incident():
    assert read(export()) == read(export())


def test_times_keep_the_digits_of_their_text():
    entry = read(export()).incidents[0].entries[2]
    assert entry.at.microsecond == 999_999


def test_chosen_channels_alone_are_read_by_name_or_id():
    stream = export(**{"random/2026-11-20.json": [MESSAGE]})
    for name in ("random", "#random", "C02"):
        (incident,) = read(stream, channels=[name, name]).incidents
        assert (incident.source_id, incident.title) == ("slack:C02", "#random")
    assert len(read(stream).incidents) == 2


def test_private_channels_only_by_name_and_direct_messages_never():
    stream = export(
        **{
            "groups.json": PRIVATE,
            "dms.json": [{"id": "D0123456"}],
            "war-room/2026-11-20.json": [MESSAGE],
            "D0123456/2026-11-20.json": [MESSAGE | {"text": "secret"}],
            "mpdm-a--b-1/2026-11-20.json": [MESSAGE | {"text": "secret"}],
        }
    )
    assert [one.source_id for one in read(stream).incidents] == ["slack:C01"]
    assert [one.title for one in read(stream, channels=["war-room"]).incidents] == ["Quiet"]
    for name in ("D0123456", "mpdm-a--b-1"):
        reading = read(stream, channels=[name])
        assert (reading.incidents, reading.is_readable) == ((), False)
        assert reading.problems == (f"{name}: {DIRECT}",)


def test_a_channel_that_is_not_there_is_named_beside_those_that_are():
    reading = read(export(), channels=["inc-checkout", "gone"])
    assert len(reading.incidents) == 1
    assert reading.problems == (
        "There is no channel “gone” in this export. There are: inc-checkout, random.",
    )
    empty = read(export(**{"channels.json": []}), channels=["gone"])
    assert empty.problems[0].endswith("There are: none.")
    assert read(export(**{"channels.json": []})).problems == ("There is no public channel in this export.",)


def test_a_chosen_channel_without_messages_says_so():
    (incident,) = read(export(), channels=["random"]).incidents
    assert incident.problems == ("There is no message in this channel.",)
    assert incident.entries == ()


def test_an_export_packed_once_more_with_its_folder_is_read():
    members = {"channels.json": CHANNELS, **DAYS}
    stream = packed({f"Acme export/{name}": content for name, content in members.items()})
    assert len(read(stream).incidents) == 1


def test_messages_that_cannot_be_read_are_named_and_the_rest_goes_in():
    days = [
        MESSAGE,
        MESSAGE | {"text": "again"},
        MESSAGE | {"ts": 1795181220.0001},
        {"text": "no time"},
        MESSAGE | {"ts": "1795181221.0", "text": ""},
        "nonsense",
    ]
    reading = read(export(**{"inc-checkout/2026-11-20.json": days, "inc-checkout/2026-11-21.json": None}))
    assert shown(reading.incidents[0]) == [("13:27", "again")]
    place = "inc-checkout/2026-11-20.json"
    assert reading.problems == tuple(
        f"{place}, message {number}: it has no time and was left out." for number in (3, 4, 6)
    )


def test_edits_deletions_threads_and_comings_leave_each_message_once_as_it_read_in_the_end():
    first, second = MESSAGE, MESSAGE | {"ts": "1795181230.0", "text": "wrong channel"}
    days = [
        first
        | {"edited": {"user": "U01", "ts": "1795181900.0"}, "reactions": [{"name": "eyes", "count": 2}]},
        second,
        {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "deleted_ts": second["ts"],
            "ts": "1795181260.0",
        },
        {
            "type": "message",
            "subtype": "message_changed",
            "ts": "1795181300.0",
            "message": first | {"text": "it broke :fire:"},
        },
        first | {"ts": "1795181240.0", "thread_ts": first["ts"], "text": "seen too"},
        first
        | {
            "ts": "1795181250.0",
            "thread_ts": first["ts"],
            "subtype": "thread_broadcast",
            "text": "rolled back",
        },
        *(
            {"type": "message", "subtype": one, "ts": f"17951813{number:02}.0", "text": one}
            for number, one in enumerate(
                ("channel_leave", "group_join", "pinned_item", "tombstone", "bot_add")
            )
        ),
    ]
    reading = read(export(**{"inc-checkout/2026-11-20.json": days, "inc-checkout/2026-11-21.json": None}))
    assert [text for _, text in shown(reading.incidents[0])] == ["it broke :fire:", "seen too", "rolled back"]
    assert reading.problems == ()


def test_a_message_that_is_blocks_alone_is_read():
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Alert fired"}},
        {
            "type": "section",
            "fields": [{"type": "mrkdwn", "text": "*core1*"}, {"type": "mrkdwn", "text": "loop"}],
        },
        {"type": "image", "alt_text": "graph", "image_url": "https://x.example/beacon.png"},
        {
            "type": "actions",
            "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Silence"}}],
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "seen by "},
                        {"type": "user", "user_id": "U01"},
                        {"type": "text", "text": " in "},
                        {"type": "channel", "channel_id": "C02"},
                        {"type": "emoji", "name": "eyes"},
                        {"type": "link", "url": "https://status.example"},
                    ],
                }
            ],
        },
    ]
    days = [
        {
            "type": "message",
            "subtype": "bot_message",
            "bot_id": "B1",
            "text": "",
            "blocks": blocks,
            "ts": "1795181220.0",
        },
        {
            "type": "message",
            "bot_id": "B1",
            "text": "",
            "attachments": [{"blocks": blocks[:1]}],
            "ts": "1795181221.0",
        },
    ]
    reading = read(export(**{"inc-checkout/2026-11-20.json": days, "inc-checkout/2026-11-21.json": None}))
    assert [text for _, text in shown(reading.incidents[0])] == [
        "Alert fired\n*core1* loop\nseen by @rowan.a in #random:eyes:https://status.example",
        "Alert fired",
    ]


def test_a_day_cut_in_the_middle_keeps_its_first_messages():
    cut = json.dumps([MESSAGE, MESSAGE | {"ts": "1795181230.0"}])[:-15]
    reading = read(
        export(
            **{
                "inc-checkout/2026-11-20.json": cut,
                "inc-checkout/2026-11-21.json": b"%PDF",
                "users.json": "{",
            }
        )
    )
    assert len(reading.incidents[0].entries) == 1
    assert [problem.split(":")[0] for problem in reading.problems] == [
        "users.json",
        "inc-checkout/2026-11-20.json",
        "inc-checkout/2026-11-21.json",
    ]


def test_lost_characters_are_named_and_many_problems_counted():
    damaged = json.dumps([MESSAGE | {"text": "naïve"}], ensure_ascii=False).encode() + b" \xff"
    assert "could not be read" in read(export(**{"inc-checkout/2026-11-20.json": damaged})).problems[0]
    many = read(export(**{"inc-checkout/2026-11-20.json": [{}] * 50}))
    assert many.problems[-1] == "And 30 more like these."


def test_progress_is_told_day_by_day():
    seen = []
    read(export(), seen=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


def test_channels_without_a_name_and_messages_without_text_are_passed_over():
    stream = export(**{"channels.json": [*CHANNELS, {"id": "C9"}, 7]})
    assert len(read(stream).incidents) == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<@U01>", "@rowan"),
        ("<@U99|kim>", "@kim"),
        ("<@U99>", "@U99"),
        ("<#C01|old-name>", "#checkout"),
        ("<#C99|gone>", "#gone"),
        ("<!channel>", "@channel"),
        ("<!subteam^S1|@oncall>", "@oncall"),
        ("<!date^1795181220^{date}|20 November>", "20 November"),
        ("<!date^1795181220^{date}>", "date"),
        ("<https://a.example>", "https://a.example"),
        ("<https://a.example|here>", "here (https://a.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_markup_becomes_the_words_that_were_shown(text, plain):
    assert plain_words(text, people={"U01": "rowan"}, channels={"C01": "checkout"}) == plain


@pytest.mark.parametrize("content", [b"", b"words", export().getvalue()[:-30], b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_not_a_whole_zip_is_refused(content):
    reading = read(io.BytesIO(content))
    assert not reading.is_readable
    assert "not a whole ZIP file" in reading.problems[0]


def test_a_zip_that_is_no_export_is_refused():
    assert read(packed({"a.txt": "x"})).problems == (NO_CHANNELS,)


def test_a_bomb_is_not_unpacked():
    bomb = "[" + " " * 30_000_000 + "]"
    reading = read(export(**{"inc-checkout/2026-11-20.json": bomb}))
    assert "packed more than 250 times smaller" in reading.problems[0]
    assert len(reading.incidents[0].entries) == 2
    assert not read(export(**{"channels.json": bomb})).is_readable


def test_names_that_lead_out_links_and_locks_are_left_alone():
    stream = export(
        **{
            "../evil.json": "x",
            "/etc/passwd": "x",
            "a\\b.json": "x",
            "c:/x.json": "x",
            "a/b/c/d/e/f.json": "x",
            "n" * 500: "x",
            "folder/": "",
        }
    )
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("inc-checkout/2026-11-22.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        squeezed = zipfile.ZipInfo("inc-checkout/2026-11-23.json")
        squeezed.compress_type = zipfile.ZIP_BZIP2
        archive.writestr(squeezed, "[]")
    reading = read(stream)
    assert set(reading.problems) == {
        "4 of its files: the name leads out of the archive.",
        "2 of its files: the name is too long or too deep.",
        "1 of its files: it is a link, not a file.",
        "1 of its files: it is packed in a way we do not read.",
    }
    assert len(reading.incidents[0].entries) == 4


def test_a_locked_file_is_left_alone():
    content = bytearray(packed({"channels.json": "[]"}).getvalue())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(ArchiveError, match=r"not in the archive"):
        Archive(io.BytesIO(content)).read("channels.json")


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(member=10), "larger than 0 MB"),
        (Limits(whole=10), "unpacks to more than we read"),
    ],
)
def test_size_is_counted(limits, problem):
    with pytest.raises(ArchiveError, match=problem):
        Archive(packed({"a.json": "x" * 20}), limits).read("a.json")


def test_a_size_that_an_archive_lies_about_is_found_while_reading():
    content = bytearray(packed({"a.json": "x" * 2000}).getvalue())
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = (5).to_bytes(4, "little")
    with pytest.raises(ArchiveError, match="damaged"):
        Archive(io.BytesIO(content)).read("a.json")


def test_an_archive_of_too_many_files_is_refused():
    assert not read(export(), limits=Limits(members=3)).is_readable


def test_a_long_name_is_shortened_where_it_is_said():
    name = "n" * 200
    with pytest.raises(ArchiveError, match="…"):
        Archive(packed({name: "x" * 20}), Limits(member=10)).read(name)


@settings(max_examples=60)
@given(st.integers(0, len(export().getvalue()) - 1), st.integers(0, 255))
def test_no_damaged_byte_makes_it_fail(at, value):
    content = bytearray(export().getvalue())
    content[at] = value
    reading = read(io.BytesIO(content))
    assert reading.incidents or reading.problems


def test_an_export_without_a_message_says_so():
    content = packed({"channels.json": json.dumps([{"id": "C1", "name": "ops"}])})
    reading = read(content)
    assert reading.incidents == ()
    assert "no message" in reading.problems[0]
