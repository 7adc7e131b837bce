"""What tells who somebody is, and what must be left alone; each with its reason and a neutral wording."""

from zoneinfo import ZoneInfoNotFoundError

import pytest

from fairlead.core.deidentify.declared import Declared
from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.finding import KINDS
from fairlead.core.deidentify.roster import Person

ROSTER = (Person("Priya Nair", "priya.nair@acme.example", ("pnair",)), Person("Mark Lindqvist", ""))


def found(text: str, **options) -> list[tuple[str, str]]:
    return [(one.kind, one.shown) for one in examine(text, roster=ROSTER, **options)]


DIRECT = [
    ("Priya restarted it", ("name", "Priya")),
    ("we told Mark", ("name", "Mark")),
    ("Thanks to Zawadi for staying", ("name", "Zawadi")),
    ("Zawadi and the vendor found the loop", ("name", "Zawadi")),
    ("Zawadi and Tiwonge found the loop", ("name", "Zawadi")),
    ("Qwelbin and the vendor found the loop", ("name", "Qwelbin")),
    ("Qwelbin and Zorvek found the loop", ("name", "Qwelbin")),
    ("Qwelbin from storage joined at noon", ("name", "Qwelbin")),
    ("Rolled back by J. Zawadsky", ("name", "J. Zawadsky")),
    ("Tiwonge and Zawadi (on call) spoke to Kagwe and Zawadi (on call)", ("name", "Tiwonge")),
    ("thanks to all, Kwartz, Zawadi (on call)", ("name", "Zawadi")),
    ("thanks to Zawadi, Kagwe and Tiwonge", ("name", "Tiwonge")),
    ("we met Kagwe & Zawadi (on call)", ("name", "Kagwe")),
    ("[2026-03-11 14:35] Zawadi (zkovac): withdrawing it", ("name", "Zawadi")),
    ("[14:35] someone (zkovac): withdrawing it", ("handle", "zkovac")),
    ("daniela.frei: on it\n14:46 daniela.frei: done", ("handle", "daniela.frei")),
    ("we saw Zawadi McKwame there", ("name", "Zawadi McKwame")),
    ("Zawadi Smith-O'Neil", ("name", "Zawadi Smith-O'Neil")),
    ("Zorba Daniela", ("name", "Zorba Daniela")),
    ("Zawadi T. Mwangi spoke", ("name", "Zawadi T. Mwangi")),
    ("our DBA van der Zwaan knew", ("name", "van der Zwaan")),
    ("thanks daniela for this", ("name", "daniela")),
    ("daniela restarted it", ("name", "daniela")),
    ("the laptop and Grace, the engineer", ("name", "Grace")),
    ("14:32 JL: restarting", ("initials", "JL")),
    ("we asked JL to drain it", ("initials", "JL")),
    ("JL - on it", ("initials", "JL")),
    ("Mark, can you look?", ("name", "Mark")),
    ("Zawadi: yes, just now", ("name", "Zawadi")),
    ("Zawadi, can you check the map?", ("name", "Zawadi")),
    ("Zawadi from storage joined at noon", ("name", "Zawadi")),
    ("the junior on call (Zawadi) had no map", ("name", "Zawadi")),
    ("ping zawadi.kwamba when it is back", ("handle", "zawadi.kwamba")),
    ("zawadi.kwamba forgot to drain it", ("handle", "zawadi.kwamba")),
    ("ask grant.lindqvist about it", ("handle", "grant.lindqvist")),
    ("session opened for user zkwamba", ("handle", "zkwamba")),
    ("login=zkwamba", ("handle", "zkwamba")),
    ("14:32 restarted (JL)", ("initials", "JL")),
    ("[14:31] zkovac: who was that?", ("handle", "zkovac")),
    ("<zkovac> pushing", ("handle", "zkovac")),
    ("Owner: zkovac", ("handle", "zkovac")),
    ("14:32 Zawadi Mwangi joined", ("name", "Zawadi Mwangi")),
    ("14:32 Zawadi restarted the router", ("name", "Zawadi")),
    ("daniela: on it", ("name", "daniela")),
    ("as the user zkovac", ("handle", "zkovac")),
    ("daniela frei:\tx\n14:30 daniela frei: hi", ("name", "daniela frei")),
    ("-- Zawadi Kwartz", ("name", "Zawadi Kwartz")),
    ("TODO(zkovac): add a test", ("handle", "zkovac")),
    ("Zawadi, from the network team, joined", ("name", "Zawadi")),
    ("Zawadi - can you look?", ("name", "Zawadi")),
    ("nobody but Zorbella had access", ("name", "Zorbella")),
    ("Annegret had it", ("name", "Annegret")),
    ("it needed Sorensen again", ("name", "Sorensen")),
    ("the account jsorensen again", ("handle", "jsorensen")),
    ("the account annegret.sorensen again", ("handle", "annegret.sorensen")),
    ("Annegret: on it", ("name", "Annegret")),
    ("14:32 Annegret: on it", ("name", "Annegret")),
    ("a@b.example", ("e-mail", "a@b.example")),
    ("ask @zkovac", ("mention", "@zkovac")),
    ("<@U024BE7LH> look", ("mention", "<@U024BE7LH>")),
    ("https://github.com/zkovac", ("handle", "https://github.com/zkovac")),
    ("![photo of the engineer](x.png)", ("avatar", "![photo of the engineer](x.png)")),
    ("https://secure.gravatar.com/avatar/1", ("avatar", "https://secure.gravatar.com/avatar/1")),
]
QUASI = [
    ("we rolled back to 4f2a91c", ("commit", "4f2a91c")),
    ("fixed with 4f2a91c", ("commit", "4f2a91c")),
    ("in commit 4f2a91c", ("commit", "4f2a91c")),
    ("3c9d1e7f2a8b4c6d5e0f1a2b3c4d5e6f7a8b9c0d", ("commit", "3c9d1e7f2a8b4c6d5e0f1a2b3c4d5e6f7a8b9c0d")),
    ("see PR #12", ("change link", "PR #12")),
    ("see acme/shop#4821", ("change link", "acme/shop#4821")),
    (
        "https://gitlab.example/a/b/-/merge_requests/7.",
        ("change link", "https://gitlab.example/a/b/-/merge_requests/7"),
    ),
    ("tracked in NET-512", ("ticket", "NET-512")),
    ("ticket 20418", ("ticket", "ticket 20418")),
    ("https://acme.slack.com/archives/C1/p2", ("message link", "https://acme.slack.com/archives/C1/p2")),
    ("on feature/fix-loop", ("branch", "feature/fix-loop")),
    ("git checkout -b zk-loop", ("branch", "zk-loop")),
    ("pushed to origin/zk-loop", ("branch", "zk-loop")),
    ("the branch `zkloop` broke", ("branch", "zkloop")),
    ("the `zkloop` branch broke", ("branch", "zkloop")),
    ("the zk_loop branch broke", ("branch", "zk_loop")),
    ("in /home/zk/.ssh", ("home path", "/home/zk/.ssh")),
    ("on core-rtr-02", ("host", "core-rtr-02")),
    ("on web01.prod.acme.example", ("host", "web01.prod.acme.example")),
    ("on edge.acme.internal", ("host", "edge.acme.internal")),
    ("on gke-a-b-c", ("host", "gke-a-b-c")),
    ("from zk-macbook", ("host", "zk-macbook")),
    ("ssh lon7 and look", ("host", "lon7")),
    ("from 10.1.2.3", ("address", "10.1.2.3")),
    ("from fe80::1:2", ("address", "fe80::1:2")),
    ("from 00:1b:63:84:45:e6", ("address", "00:1b:63:84:45:e6")),
    ("the on-call schedule said", ("rota", "on-call schedule")),
    ("https://acme.example/schedules/7", ("rota", "https://acme.example/schedules/7")),
    ("then he restarted it", ("gender", "he")),
    ("it was his first week", ("tenure", "his first week")),
    ("the junior engineer", ("tenure", "junior engineer")),
    ("from the Lisbon office", ("place", "from the Lisbon office")),
    ("at 23:10 her time", ("place", "her time")),
    ("was on sick leave", ("leave", "on sick leave")),
    ("our CTO agreed", ("role", "CTO")),
    ("they said “I thought the canary had passed”", ("quote", "“I thought the canary had passed”")),
    ("“It was down for an hour”, said the caller", ("quote", "“It was down for an hour”")),
    ("X wrote:\n> the looks of it are good to me", ("quote", "the looks of it are good to me")),
    ("the error came from Zorbex again", ("perhaps a name", "Zorbex")),
]
CLEAN = [
    "container 4f2a91c3b2aa died in 4f2a91c3",
    "God knows why, and God restarted it.",
    "The load balancer failed to respond, and Prometheus fired at 14:02.",
    "14:32 DNS: no answer. 14:33 API: errors",
    "Owner: Platform team",
    "Install @types/node, call @decorate(x), ask @here, @routing-team and @7.",
    "Write to noc@acme.example, routing-team@acme.example or see icon@2x.png.",
    "Versions: v1.2.3.4, version 10.2.3.4 and 10.0.0.256; example 192.0.2.1.",
    "UTF-8, CVE-2021-44228 and a hash of 1234567 in deadbee without a word before: deadbee.",
    "The fix is on the main branch, on branch release/2.4 and in git checkout main; the branch of the tree.",
    "In /home/ubuntu/bin and /Users/Shared.",
    "He/she, s/he and “they” are all there: he or she.",
    'The error said "no space left on device" twice; “short one” too.',
    "See https://example.com/docs and https://grafana.example/d/1.",
    "Each engineer reads the runbook at 12:30 in the us-east-1 region, e2e-1.",
    "case UTF-1234, see notes.txt",
    "14:30 restarted (DNS)",
    "X wrote:\n> it is far_too_short_a_reply,really",
    "The fix/solution is on the user/profile page; the branch of the bank, origin/main.",
    "| Time | What | Who |\n|---|---|---|\n| 14:27 |\n",
    "X wrote:\n> too short\nit said: more",
    "# What Zorbex Said\n\nZorbex Cloud Platform is a product.",
    "the zorbex failed. Zorbex restarted.",
    "the annegret failed. Annegret restarted.",
    "We are scanning; the checker, the caller and file.name, self.first are fine.",
    "Grafana: checking the disk. IO - the disk is slow. We asked AWS to look, and pinged DNS first.",
    "login: admin, user: root, account=required; ping notes.txt and thanks to config.yaml",
    "Impact: none. Finally, please restart it. Traffic from storage joined the queue.",
    "-- Load balancer\n- one\n- two",
]


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_direct_identifiers_refuse_a_write(text, expected):
    assert expected in found(text)
    assert KINDS[expected[0]].level == "direct"


@pytest.mark.parametrize(("text", "expected"), QUASI)
def test_quasi_identifiers_are_shown(text, expected):
    assert expected in found(text)
    assert KINDS[expected[0]].level == "quasi"


@pytest.mark.parametrize("text", CLEAN)
def test_this_is_left_alone(text):
    assert found(text) == []


def test_every_finding_has_a_level_a_reason_and_its_place():
    text = "Thanks to Zawadi, who was on sick leave."
    name, leave = examine(text)
    assert (name.level, name.start, name.end) == ("direct", 10, 16)
    assert name.reason == "“Zawadi” is somebody's name."
    assert name.instead == "the engineer"
    assert leave.level == "quasi"
    assert text[leave.start : leave.end] == leave.shown == "on sick leave"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("He left", "They"),
        ("his change", "their"),
        ("I told her about it", "them"),
        ("her change", "their"),
        ("himself", "themself"),
    ],
)
def test_pronouns_come_with_the_neutral_one(text, instead):
    (finding,) = examine(text)
    assert finding.instead == instead


def test_who_is_found_once_is_found_everywhere_also_by_account():
    text = "Zawadi Mwangi (on call) came. zmwangi left, then Mwangi. Ask @qpfister; qpfister knows."
    names = found(text)
    assert ("handle", "zmwangi") in names
    assert ("name", "Mwangi") in names
    assert ("handle", "qpfister") in names


def test_unseen_marks_do_not_hide_a_name_and_offsets_stay_true():
    text = "x\u200b Pri\u00adya and Zawadi\u0301 spoke"
    shown = [one.shown for one in examine(text, roster=ROSTER)]
    assert "Pri\u00adya" in shown
    assert [one.shown for one in examine("Priya\u0301Priya", roster=ROSTER)] == ["Priya", "Priya"]


def test_findings_do_not_overlap_and_direct_ones_stand():
    findings = examine(
        "his first week: https://github.com/zk/x/pull/1 by priya.nair@acme.example", roster=ROSTER
    )
    ends = [one.end for one in findings]
    assert all(end <= one.start for end, one in zip(ends, findings[1:], strict=False))
    assert "e-mail" in {one.kind for one in findings}


DECLARED = Declared(
    words=("Zorbex", "Zawadi Labs"),
    hosts=("acme.internal", "core-rtr-02"),
    networks=("10.0.0.0/8",),
    mailboxes=("zk@acme.example",),
    roles=(("CTO", 6), ("Routing Specialist", 2), ("storage engineer", 9)),
)


@pytest.mark.parametrize(
    "text",
    [
        "the error came from Zorbex again, thanks to Zawadi",
        "on edge.acme.internal and core-rtr-02",
        "from 10.1.2.3",
        "mail zk@acme.example",
        "our CTO agreed with the storage engineer",
        "https://wiki.acme.internal/issues/7",
    ],
)
def test_what_is_declared_is_left_alone(text):
    assert found(text, declared=DECLARED) == []


def test_a_declared_role_held_by_few_is_found():
    assert found("the routing specialist knew", declared=DECLARED) == [("role", "routing specialist")]


def test_nothing_declared_hides_a_person_of_the_roster():
    assert found("Priya knew", declared=Declared(words=("Priya",))) == [("name", "Priya")]


def test_a_network_that_is_none_is_refused():
    with pytest.raises(ValueError, match="does not appear"):
        Declared(networks=("10.0.0/99",))


def test_a_clock_of_another_zone_is_a_place():
    assert found("at 14:32 CET and 08:32 EST, 13:32 UTC", zone="Europe/Berlin") == [("place", "EST")]
    assert found("at 14:32 CET and 08:32 EST") == []
    with pytest.raises(ZoneInfoNotFoundError):
        examine("at 14:32", zone="Europe/Nowhere")


TABLES = [
    ("| Time | Who |\n|---|---|\n| 14:27 | zkovac |\n| 14:30 |\n", ("handle", "zkovac")),
    ("id,owner,text\n1,Zawadi Mwangi,Add a check", ("name", "Zawadi Mwangi")),
    ("Participants: Zawadi Mwangi, zkovac and J. Kovac (network)", ("handle", "zkovac")),
    ('{"user": "zkovac", "text": "x"}', ("handle", "zkovac")),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_columns_and_lists_of_people_are_read(text, expected):
    assert expected in found(text)


def test_a_long_list_of_names_is_read_to_its_end():
    text = "thanks to " + ", ".join(["Kagwe"] * 5_000) + " and Tiwonge"
    assert found(text)[-1] == ("name", "Tiwonge")


@pytest.mark.parametrize(
    "text",
    [
        "Whoever made the change took it back.",
        "Replicas restarted the queue at noon. Certificates made the check fail.",
        "Managers said that it was down, and policies made it slow.",
        "Thus restarted, the shop came back.",
    ],
)
def test_words_that_begin_a_sentence_are_not_taken_for_names(text):
    assert [one.shown for one in examine(text) if one.level == "direct"] == []


def test_a_name_that_looks_like_several_of_a_thing_is_still_a_name():
    assert [one.shown for one in examine("James restarted the router at noon.")] == ["James"]
