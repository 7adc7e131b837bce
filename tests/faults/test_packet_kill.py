"""A kill while a packet is made, handed on, held, withdrawn or erased loses nothing and doubles nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead.foundation.vault.keys import create_key_file

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def drill(folder: Path, mode: str, talks: int, kills: int) -> dict[str, object]:
    create_key_file(folder / "keys.json")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("FAIRLEAD_")} | {
        "DJANGO_SETTINGS_MODULE": "fairlead.site.settings",
        "FAIRLEAD_DATA": str(folder),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    done = subprocess.run(
        [sys.executable, "tests/faults/packet_drill.py", mode, str(talks), str(kills), "7"],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_three_hundred_kills_lose_no_packet_and_double_none(tmp_path):
    said = drill(tmp_path, "sound", 60, 300)
    assert said["kills"] == 300
    assert said["told"], "the drill ended before everybody was done"
    assert (said["lost"], said["doubled"]) == ([], [])
    assert (said["keys_left_over"], said["keys_missing"], said["left"]) == (0, 0, 0)
    assert said["chain"], "the audit trail broke"
    assert said["again"] > 0, "no kill ever hit background work, so the drill has shown nothing of it"


def test_the_drill_catches_an_answer_before_the_effect(tmp_path):
    said = drill(tmp_path, "planted", 40, 120)
    assert said["lost"]
