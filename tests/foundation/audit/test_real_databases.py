"""The trail on real databases, with several processes at work."""

import pytest

from tests.foundation.databases import run

pytestmark = pytest.mark.slow


def test_writers_that_come_at_once_leave_one_whole_chain(database):
    said = run(database, "tests/foundation/audit/many_writers.py", 4, 30)
    assert said == f"failed=0 ok=True entries={4 * (20 + 2 * 10)} guarded=True"


def test_the_guards_can_be_taken_back_and_set_again(database):
    run(database, "-m", "django", "migrate", "audit", "0001", "-v0")
    run(database, "-m", "django", "migrate", "audit", "-v0")
    said = run(database, "tests/foundation/audit/many_writers.py", 1, 1)
    assert said == "failed=0 ok=True entries=2 guarded=True"


def test_the_migrations_say_what_the_models_say(database):
    said = run(database, "-m", "django", "makemigrations", "--check", "--dry-run", "vault", "audit", "outbox")
    assert "No changes detected" in said
