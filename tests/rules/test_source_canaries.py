"""What was written in the heat is found nowhere but with those who responded."""

import uuid

import pytest
from django.core import mail
from django.db import connection, models
from django.urls import reverse

from fairlead.foundation import clock
from fairlead.foundation.outbox.worker import work_once
from fairlead.people.models import Account
from fairlead.sources.live.services import line_add, line_change
from fairlead.sources.records.door import open_source
from fairlead.sources.records.services import NewRaw, source_keep
from tests.rules.canaries import Cage, sealed_fields, source_models
from tests.rules.test_access_matrix import places, routes
from tests.rules.test_canaries import crawl, hits, raw
from tests.rules.world import World, with_a_case

pytestmark = pytest.mark.django_db
LOG, LINE = uuid.uuid4(), uuid.uuid4()
_SHORT = 64  # a code, an id or a keyed hash fits; a sentence does not


def fill(world: World) -> Cage:
    """Write a canary into every sealed field of a source that the engineer brought in."""
    cage = Cage()
    source_keep(
        world.cast.actor("engineer"),
        source_id=uuid.uuid4(),
        incident=world.incident,
        kind="text",
        content=f"14:27 {cage.put('records.Source.content', 'content')}".encode(),
        name=f"{cage.put('records.Source.name', 'name')}.log",
        entries=[NewRaw(uuid.uuid4(), clock.now(), cage.put("records.RawEntry.words", "line"))],
    )
    engineer = world.cast.actor("engineer")
    # A log of their own: `log_begin` would join the one of the teammate, who would then rightly read every line.
    source_keep(engineer, source_id=LOG, incident=world.incident, kind="live", content=b"")
    opened = open_source(engineer, LOG)
    line_add(opened, line_id=LINE, at=clock.now(), words=cage.put("live.EarlierLine.words", "before"))
    line_change(opened, line_id=LINE, edition=1, at=clock.now(), words="Corrected.")
    return cage


@pytest.fixture
def caged(cast):
    world = with_a_case(cast, "ended")
    return world, fill(world)


def test_every_sealed_field_of_the_records_and_of_the_live_log_gets_a_canary(caged):
    _, cage = caged
    kept = [model for model in source_models() if model._meta.app_label in {"records", "live"}]
    assert set(cage.words) == sealed_fields(kept)


def test_words_of_a_source_can_only_stand_in_sealed_fields():
    roomy = [
        f"{model._meta.label}.{field.name}"
        for model in source_models()
        for field in model._meta.get_fields()
        if not getattr(field, "sealed", False)
        and (
            isinstance(field, models.TextField | models.BinaryField | models.FileField)
            or (isinstance(field, models.CharField) and (field.max_length or 0) > _SHORT)
        )
    ]
    assert roomy == []


def test_the_responder_finds_every_word(caged):
    world, cage = caged
    client = world.client("engineer")
    pages = [reverse("source", args=[world.incident.pk]), reverse("log_line", args=[LOG, LINE])]
    assert hits(cage.all(), *(client.get(page).content for page in pages)) == cage.all()


@pytest.mark.parametrize(
    "actor", ["anonymous", "manager", "teammate", "other_manager", "hr", "director", "operator"]
)
def test_no_page_of_anybody_else_holds_a_word_of_it(caged, actor):
    world, cage = caged
    told, pages = crawl(world.client(actor), world)
    assert pages >= len(routes()) - 1
    assert places("source", world)
    assert hits(cage.all(), *told) == set()


def test_neither_the_raw_database_nor_mail_holds_a_word_of_it(caged):
    _, cage = caged
    work_once(limit=500)
    assert hits(cage.all(), *(message.message().as_string() for message in mail.outbox)) == set()
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - every table there is
            texts.append(repr(cursor.fetchall()))
    assert hits(cage.all(), *texts) == set()


def test_no_row_of_a_source_names_a_responder_and_deleting_an_incident_is_not_stopped(caged):
    for model in source_models():
        text = raw(model).lower()
        for account in Account.objects.all():
            names = {str(account.pk), account.pk.hex, account.email, account.name.lower()}
            assert [one for one in names if one in text] == [], model
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                assert field.related_model._meta.app_label != "people", field
                if field.related_model._meta.label == "incidents.Incident":
                    assert field.remote_field.on_delete in {models.SET_NULL, models.CASCADE}, field
                    assert field.remote_field.hidden, field
