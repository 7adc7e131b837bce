"""A key file that is missing, damaged, open to others or another database's: one sentence, and nothing is touched."""

import hashlib
import json
import stat
import subprocess
from pathlib import Path

import pytest

from fairlead.foundation.vault.keys import create_key_file
from tests.faults.running import FAIRLEAD, Browser, Server, begin_a_talk, free_port, surroundings


def fingerprints(data: Path) -> dict[str, str]:
    """What every file of the data directory holds; static files are made anew at any start."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and "static" not in path.relative_to(data).parts
    }


def missing(key_file: Path) -> None:
    key_file.unlink()


def damaged(key_file: Path) -> None:
    key_file.chmod(0o600)
    key_file.write_text(key_file.read_text()[:-40])
    key_file.chmod(0o400)


def empty(key_file: Path) -> None:
    key_file.chmod(0o600)
    key_file.write_text("")
    key_file.chmod(0o400)


def of_another_database(key_file: Path) -> None:
    key_file.unlink()
    create_key_file(key_file)


def open_to_others(key_file: Path) -> None:
    key_file.chmod(0o444)


def with_another_wrapping_key(key_file: Path) -> None:
    found = json.loads(key_file.read_text())
    found["keys"]["1"] = found["index"]
    key_file.chmod(0o600)
    key_file.write_text(json.dumps(found))
    key_file.chmod(0o400)


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (missing, "not there"),
        (damaged, "damaged"),
        (empty, "damaged"),
        (of_another_database, "does not belong to this database"),
        (open_to_others, "chmod 400"),
        (with_another_wrapping_key, "does not belong to this database"),
    ],
    ids=["missing", "damaged", "empty", "another database's", "open to others", "another wrapping key"],
)
def test_a_wrong_key_file_is_said_in_a_sentence_and_nothing_is_overwritten(data, command, spoil, told):
    spoil(data / "keys.json")
    before = fingerprints(data)
    ended = subprocess.run(
        [FAIRLEAD, command, "--data", str(data), "--port", str(free_port())],
        env=surroundings(data),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.startswith("fairlead: ")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ended.stderr
    assert fingerprints(data) == before


def test_the_key_file_put_back_opens_everything_again(data):
    with Server(data) as server:
        manager = Browser(server).sign_in("amara")
        at = begin_a_talk(manager)
        manager.post(f"{at}notes/facts/", {"words": "Sealed and opened.", "base": "0"})
    kept = (data / "keys.json").read_bytes()
    of_another_database(data / "keys.json")
    with pytest.raises(RuntimeError, match="does not belong to this database"):
        Server(data)
    (data / "keys.json").unlink()
    (data / "keys.json").write_bytes(kept)
    (data / "keys.json").chmod(0o400)
    with Server(data) as server:
        assert "Sealed and opened." in Browser(server).sign_in("amara").get(f"{at}notes/").text


def test_a_new_key_file_is_its_owners_alone(data):
    assert stat.S_IMODE((data / "keys.json").stat().st_mode) == 0o400
