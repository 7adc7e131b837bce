"""Whatever a program sends, the API answers as it says it does: never with a 5xx, always in the shape it describes.

Some three thousand requests are made up from the API's own description, right ones and wrong ones, and sent to a real
server process on the data of the story.
"""

import http.client
import json
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fairlead.people.programs.models import Scope
from tests.faults.running import FAIRLEAD
from tests.journeys.house import loaded, open_house

pytestmark = pytest.mark.slow
SCHEMATHESIS = str(Path(sys.executable).parent / "schemathesis")

# What fits the shape may still be refused by a rule: an owner is a role, a time is not in the future.
WITHOUT = "positive_data_acceptance"
CONFIG = """
[parameters]
"path.incident_id" = "{incident}"
"path.improvement_id" = "{improvement}"
"path.source_id" = "{source}"
"path.key" = "lessons"

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    data = loaded(tmp_path_factory.mktemp("any-request") / "data")
    with open_house(data, FAIRLEAD_API_RATE="1000000") as house:
        yield house


@pytest.fixture(scope="module")
def token(house):
    wanted = [part for scope in Scope.values for part in ("--scope", scope)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAIRLEAD_")}
    done = subprocess.run(
        [
            FAIRLEAD,
            "token",
            "--data",
            str(house.data),
            "add",
            "priya@harbour.example",
            "any request",
            *wanted,
        ],
        env={name: value for name, value in kept.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=True,
    )
    return re.search(r"fl_[\w-]+", done.stdout)[0]


def asked(house, token, path, body=None):
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": "one",
    }
    door = http.client.HTTPConnection("127.0.0.1", int(house.url.rpartition(":")[2]), timeout=30)
    sent = json.dumps(body) if body else None
    with closing(door):
        door.request("POST" if body else "GET", f"/api/v1{path}", sent, headers)
        answer = door.getresponse()
        assert answer.status < 300
        return json.loads(answer.read())


def test_every_answer_is_one_that_the_description_promises(house, token, tmp_path, record_property):
    incident = asked(house, token, "/incidents?limit=1")["items"][0]["id"]
    improvement = asked(house, token, "/improvements?limit=1")["items"][0]["id"]
    source = asked(house, token, f"/incidents/{incident}/sources", {"text": "14:27 it began"})["id"]
    config = tmp_path / "any.toml"
    config.write_text(CONFIG.format(incident=incident, improvement=improvement, source=source))
    done = subprocess.run(
        [
            *(SCHEMATHESIS, "--config-file", str(config), "run", house.at("/api/v1/openapi.json")),
            *("--header", f"Authorization: Bearer {token}", "--exclude-checks", WITHOUT),
            *("--phases", "examples,coverage,fuzzing", "--max-examples", "5", "--seed", "1"),
            *("--continue-on-failure", "--no-color", "--generation-database", "none"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = done.stdout[-20_000:] + done.stderr[-2_000:]
    assert done.returncode == 0, told
    sent = int(re.search(r"(\d+) generated", done.stdout)[1])
    record_property("requests", sent)
    assert sent > 2_000, told
    assert "the API broke" not in (house.data.parent / f"{house.data.name}.log").read_text()
