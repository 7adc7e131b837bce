"""The tests run on the database they were told to run on."""

import os

from django.db import connection


def test_the_database_is_the_one_asked_for():
    assert connection.vendor == ("postgresql" if os.environ.get("TESTS_DATABASE_URL") else "sqlite")


def test_sqlite_has_every_commit_on_disk(db):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA synchronous").fetchone()[0] >= 2
            assert cursor.execute("PRAGMA secure_delete").fetchone()[0] == 1
