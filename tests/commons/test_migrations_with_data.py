"""Migrations of the commons with rows in the tables."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("incidents", "0001_first"), ("improvements", "0001_first")]


AT = datetime(2026, 11, 19, 19, 27, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_services_are_taken_apart_and_improvements_are_open():
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    incident = old.get_model("incidents", "Incident").objects.create(
        id=uuid.uuid4(), title="A loop", zone="UTC", services="Shop, Checkout; shop", started_at=AT
    )
    old.get_model("improvements", "Improvement").objects.create(
        incident=incident, words="A route", strength="stronger", owner="Network", due_on="2027-01-08"
    )
    executor = MigrationExecutor(connection)
    executor.migrate(latest)
    new = executor.loader.project_state(latest).apps
    named = new.get_model("incidents", "IncidentService").objects.filter(incident_id=incident.pk)
    assert sorted(named.values_list("name", flat=True)) == ["checkout", "shop"]
    assert set(named.values_list("started_at", flat=True)) == {AT}
    one = new.get_model("improvements", "Improvement").objects.get()
    assert (one.state, one.edition, one.closed_on) == ("open", 1, None)
