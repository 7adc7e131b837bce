"""What is written in our talk is found nowhere else: not on a page, in a mail, a log, a session or the raw database."""

import json
import logging
import re

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, models
from django.urls import reverse

from fairlead.foundation.audit.models import AuditEntry
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.foundation.outbox.worker import work_once
from fairlead.foundation.vault.marks import mark
from fairlead.people.models import Account
from fairlead.site.logs import DiscreetFormatter
from tests.rules.canaries import fill, private_models, sealed_fields
from tests.rules.expected_access import OUTSIDERS
from tests.rules.test_access_matrix import places, routes
from tests.rules.world import end_the_grant, with_a_case

pytestmark = pytest.mark.django_db
SURELY_A_NAME = 5  # letters
_SHORT = 64  # a code, an id or a keyed hash fits; a sentence does not


@pytest.fixture
def caged(cast):
    world = with_a_case(cast, "ended")
    return world, fill(world)


def hits(words: set[str], *texts: str | bytes) -> set[str]:
    whole = b"\n".join(text.encode() if isinstance(text, str) else text for text in texts)
    return {word for word in words if word.encode() in whole}


def rows_of(model: type[models.Model]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own table
        return cursor.fetchall()


def raw(model: type[models.Model]) -> str:
    return repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows_of(model)])


def test_every_private_field_gets_a_canary(caged):
    _, cage = caged
    assert set(cage.words) == sealed_fields()
    assert len(sealed_fields()) >= 7


def test_private_words_can_only_stand_in_sealed_fields():
    roomy = [
        f"{model._meta.label}.{field.name}"
        for model in private_models()
        for field in model._meta.get_fields()
        if not getattr(field, "sealed", False)
        and (
            isinstance(field, models.TextField | models.JSONField | models.BinaryField | models.FileField)
            or (isinstance(field, models.CharField) and (field.max_length or 0) > _SHORT)
        )
    ]
    assert roomy == []


def test_the_two_of_the_talk_find_every_word_that_is_kept(caged):
    """No secret file: both read all of it. And without this, nothing below would mean anything."""
    world, cage = caged
    for actor in ("manager", "engineer"):
        client = world.client(actor)
        found = set()
        for route in (
            "talk",
            "talk_notes",
            "talk_account",
            "talk_type",
            "talk_message",
            "follow_up",
            "again",
            "closure",
        ):
            found |= hits(cage.all(), client.get(reverse(route, args=[world.case])).content)
        found |= hits(cage.all(), client.get(reverse("formal", args=[world.packet])).content)
        assert cage.all() - found == set(), actor


def crawl(client, world) -> tuple[list[bytes], int]:
    """Every page somebody reaches: each address of the table, and every link on what it shows."""
    waiting = [reverse(route, kwargs=places(route, world)) for route in routes()]
    seen, told = set(), []
    while waiting:
        address = waiting.pop()
        if address in seen or "logout" in address:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.streaming:
            told.append(b"".join(answer))
            continue
        told += [answer.content, repr(sorted(answer.headers.items())).encode(), str(answer.cookies).encode()]
        waiting += re.findall(r'href="(/[^"#]*)', answer.content.decode("utf-8", "replace"))
        if "Location" in answer.headers and answer.headers["Location"].startswith("/"):
            waiting.append(answer.headers["Location"])
    return told, len(seen)


@pytest.mark.parametrize("actor", ["anonymous", "rater", *OUTSIDERS])
def test_no_page_of_anybody_else_holds_a_word_of_it(caged, actor):
    world, cage = caged
    if actor == "former_manager":
        end_the_grant(world)
    told, pages = crawl(world.client(actor), world)
    allowed = {"rater": cage.evidence, "hr": cage.packet}.get(actor, set())
    assert pages >= len(routes()) - 1
    assert hits(cage.all() - allowed, *told) == set()


def test_hr_reads_the_packet_whole_and_nothing_else_of_the_talk(caged):
    world, cage = caged
    client = world.client("hr")
    pages = [client.get(reverse(route, args=[world.packet])).content for route in ("formal", "formal_json")]
    assert hits(cage.packet, *pages) == cage.packet
    assert hits(cage.all() - cage.packet, *pages, *crawl(client, world)[0]) == set()
    for route in (name for name, parts in routes().items() if "case_id" in parts):
        assert client.get(reverse(route, kwargs=places(route, world))).status_code == 404, route


def test_the_second_rater_reads_the_evidence_and_nothing_of_the_first_answer(caged):
    _world, cage = caged
    page = cage.read_by_the_rater
    assert hits(cage.evidence, page)
    assert hits(cage.all() - cage.evidence, page) == set()


def test_no_mail_holds_a_word_of_it_or_names_the_talk(caged):
    world, cage = caged
    work_once(limit=500)
    assert len(mail.outbox) >= 5
    for message in mail.outbox:
        text = message.message().as_string()
        assert hits(cage.all(), text) == set()
        people = [name for account in Account.objects.all() for name in account.name.split()]
        spoken = message.subject + message.body
        assert [name for name in people if name in spoken] == []
        assert str(world.case) not in text
        assert world.incident.title not in text


def test_no_log_line_holds_a_word_of_it(cast, caplog):
    caplog.set_level(logging.DEBUG)
    world = with_a_case(cast, "ended")
    cage = fill(world)
    for actor in ("manager", "engineer", "teammate"):
        crawl(world.client(actor), world)
    work_once(limit=500)
    logging.getLogger("fairlead").info("the log is being read")
    assert caplog.records
    assert hits(cage.all(), caplog.text, *(repr(record.__dict__) for record in caplog.records)) == set()


def test_an_error_in_the_middle_of_a_save_is_logged_without_the_words(cast, caplog, monkeypatch):
    world = with_a_case(cast, "ended")
    client = world.client("manager")
    client.raise_request_exception = False

    def breaks(*_args, words, **_kwargs):
        raise ValueError(words)

    monkeypatch.setattr("fairlead.private.conversations.views.text_save", breaks)
    address = reverse("talk_notes_save", kwargs={"case_id": world.case, "slot": "facts"})
    answer = client.post(address, {"words": "canaryinatraceback", "base": "0"})
    assert answer.status_code == 500
    errors = [record for record in caplog.records if record.exc_info]
    assert errors
    formatter = DiscreetFormatter("{message}", style="{")
    for record in errors:
        record.exc_text = None
        assert "ValueError" in formatter.format(record)
        assert "canaryinatraceback" not in formatter.format(record)
    assert b"canaryinatraceback" not in answer.content


def test_outbox_audit_and_sessions_hold_no_word_of_it(caged):
    world, cage = caged
    clients = [world.client(actor) for actor in ("manager", "engineer")]
    for client in clients:
        crawl(client, world)
    sessions = [SessionStore(session_key=s.session_key).load() for s in Session.objects.all()]
    assert sessions
    assert hits(cage.all(), json.dumps(sessions, default=str)) == set()
    assert hits(cage.all(), raw(OutboxRow), raw(AuditEntry)) == set()


def test_the_raw_database_holds_no_word_of_it(caged):
    """Every value of every table, whatever app it belongs to."""
    _, cage = caged
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        texts = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - every table there is
            texts.append(repr(cursor.fetchall()))
    assert len(tables) > 20
    assert hits(cage.all(), *texts) == set()


def test_no_private_row_names_a_participant(caged):
    """Neither account id, name, e-mail nor handle: a stolen database tells nobody who had a talk."""
    world, _ = caged
    tables = {model._meta.label: raw(model) for model in private_models()}
    assert mark(world.cast.engineer.pk) in tables["cases.Grant"]
    for account in Account.objects.all():
        # A name of three letters stands in any large enough heap of sealed bytes by chance.
        parts = {part for part in account.name.split() if len(part) >= SURELY_A_NAME}
        names = {str(account.pk), account.pk.hex, account.email, account.name, *account.handles, *parts}
        for label, text in tables.items():
            assert [name for name in names if name.lower() in text.lower()] == [], label


def test_no_row_of_the_commons_says_who_wrote_it(caged):
    for config in apps.get_app_configs():
        if config.name.startswith("fairlead.commons."):
            for model in config.get_models():
                text = raw(model).lower()
                for account in Account.objects.all():
                    traces = {str(account.pk), account.pk.hex, account.email, mark(account.pk)}
                    assert [one for one in traces if one in text] == [], model._meta.label
