"""Workers that are killed at random lose nothing and repeat nothing inside the database."""

import json

import pytest

from tests.foundation.databases import run

pytestmark = pytest.mark.slow


def drill(database, mode):
    return json.loads(run(database, "tests/foundation/outbox/kill_drill.py", mode, 1_500, 100, 7))


def test_kills_at_random_lose_nothing_and_double_nothing(database):
    said = drill(database, "sound")
    assert said["kills"] > 50
    assert (said["done"], said["lost"], said["doubled"]) == (1_500, 0, 0)
    assert said["again"] > 0, "no kill ever hit work in progress, so the drill has shown nothing"


def test_the_drill_catches_an_acknowledgement_before_the_effect(database):
    said = drill(database, "planted")
    assert said["done"] == 1_500
    assert said["lost"] > 0
