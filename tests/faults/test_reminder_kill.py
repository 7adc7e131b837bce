"""Workers that are killed at random lose no reminder, and plan none twice."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead.foundation.vault.keys import create_key_file

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def drill(folder: Path, mode: str, people: int, kills: int) -> dict[str, int]:
    create_key_file(folder / "keys.json")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("FAIRLEAD_")} | {
        "DJANGO_SETTINGS_MODULE": "fairlead.site.settings",
        "FAIRLEAD_DATA": str(folder),
        "FAIRLEAD_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "tests/faults/reminder_drill.py", mode, str(people), str(kills), "7"],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_three_hundred_kills_lose_no_reminder_and_plan_none_twice(tmp_path):
    said = drill(tmp_path, "sound", 400, 300)
    assert said["kills"] == 300
    assert (said["planned"], said["lost"], said["doubled"], said["left"]) == (400, 0, 0, 0)
    assert said["again"] > 0, "no kill ever hit work in progress, so the drill has shown nothing"


def test_the_drill_catches_an_acknowledgement_before_the_effect(tmp_path):
    said = drill(tmp_path, "planted", 200, 150)
    assert said["lost"] > 0
