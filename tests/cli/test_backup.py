"""The restore drill: a backup made, lost data brought back, the erased still erased, the altered refused."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "a-long-test-password"
PRIVATE = "the lab lacked the second route"
ERASE = """
from datetime import timedelta
from fairlead.foundation import clock
from fairlead.private.cases.models import Case
from fairlead.private.talk.erasure import case_erase_if_due
case = Case.objects.get()
with clock.fixed(clock.now() + timedelta(days=800)):
    assert case_erase_if_due(case.pk)
"""
BEGIN = f"""
import uuid
from fairlead.commons.incidents.services import incident_record
from fairlead.core.visibility import Act
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.cases.door import open_case
from fairlead.private.cases.services import case_open
from fairlead.private.conversations.services import text_save
from fairlead.people.services import account_add, team_join
manager = Account.objects.get()
engineer = account_add(email="eli@pier.example", name="Eli Storm", password=None)
team_join(team="First team", account=engineer)
incident = incident_record(actor_of(manager), incident_id=uuid.uuid4(), values={{"title": "A loop", "zone": "UTC"}})
case = case_open(actor_of(manager), case_id=uuid.uuid4(), engineer=engineer, incident=incident)
opened = open_case(actor_of(engineer), case.pk, Act.WRITE_ACCOUNT)
text_save(opened, slot="account", words="{PRIVATE}", sitting=uuid.uuid4(), edit=1, base=0)
"""
TELL = """
from fairlead.core.visibility import Act
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Case
from fairlead.private.conversations.selectors import text_of
case = Case.objects.get()
print(text_of(open_case(actor_of(Account.objects.get(name="Eli Storm")), case.pk, Act.READ), "account").words)
"""


def surroundings() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }


def fairlead(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from fairlead.cli import main; sys.exit(main())"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        env={**surroundings(), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def inside(data: Path, script: str) -> str:
    """Run a few lines in a place, as the server would."""
    begin = "import django; django.setup()\n"
    environment = {"FAIRLEAD_DATA": str(data), "DJANGO_SETTINGS_MODULE": "fairlead.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", begin + script],
        env={**surroundings(), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    """A place with a talk in it."""
    data = tmp_path_factory.mktemp("lived-in") / "data"
    done = fairlead(
        "init", "--data", data, "--name", "Pier Nine", "--currency", "EUR", "--email", "ada@pier.example",
        FAIRLEAD_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    inside(data, BEGIN)
    return data


@pytest.fixture
def place(lived_in, tmp_path) -> Path:
    return Path(shutil.copytree(lived_in, tmp_path / "data"))


@pytest.fixture
def backup(place, tmp_path) -> Path:
    path = tmp_path / "backups" / "monday"
    done = fairlead("backup", path, "--data", place)
    assert done.returncode == 0, done.stderr
    assert "opened again" in done.stdout
    return path


def new_place(place: Path, *more: str) -> Path:
    """An empty place with the key file of another."""
    fresh = place.with_name("fresh")
    fresh.mkdir()
    for name in ("keys.json", *more):
        shutil.copy2(place / name, fresh / name)
    return fresh


def test_what_was_lost_is_brought_back_and_readable(place, backup):
    fresh = new_place(place)
    done = fairlead("restore", backup, "--data", fresh, "--nothing-erased")
    assert done.returncode == 0, done.stderr
    assert "The audit trail is whole" in done.stdout
    assert inside(fresh, TELL).strip() == PRIVATE
    assert fairlead("audit", "--data", fresh, "verify").returncode == 0
    assert not list(fresh.glob(".*"))


def test_what_was_erased_since_stays_erased(place, backup):
    inside(place, ERASE)
    fresh = new_place(place, "erased.log")
    done = fairlead("restore", backup, "--data", fresh)
    assert done.returncode == 0, done.stderr
    assert "1 that were erased since the backup were erased again" in done.stdout
    with sqlite3.connect(fresh / "fairlead.sqlite3") as there:
        for table in ("cases_case", "conversations_textversion", "vault_datakey", "cases_grant"):
            assert there.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608
        assert there.execute("SELECT stage FROM vault_erasureledger").fetchall() == [("finished",)]


ESCALATE = """
import uuid
from fairlead.core.visibility import Act
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.people.services import account_add
from fairlead.private.cases.door import open_case
from fairlead.private.cases.models import Case
from fairlead.private.cases.services import talk_end
from fairlead.private.formal.services import escalate
hr = account_add(email="hal@pier.example", name="Hal Quay", password=None, org_roles=["hr"])
manager, case = actor_of(Account.objects.get(email="ada@pier.example")), Case.objects.get()
talk_end(open_case(manager, case.pk, Act.LEAD_TALK))
opened = open_case(manager, case.pk, Act.ESCALATE)
escalate(opened, packet_id=uuid.uuid4(), hr=hr, reasons="It came again.", chosen=["account"])
"""
WITHDRAW = """
from fairlead.core.formal import Act
from fairlead.people.actors import actor_of
from fairlead.people.models import Account
from fairlead.private.formal.door import open_packet
from fairlead.private.formal.erasure import packet_destroy_if_due
from fairlead.private.formal.models import Packet
from fairlead.private.formal.services import withdraw
packet = Packet.objects.get()
withdraw(open_packet(actor_of(Account.objects.get(email="ada@pier.example")), packet.pk, Act.WITHDRAW))
assert packet_destroy_if_due(packet.pk)
"""


def test_a_packet_that_was_destroyed_since_stays_destroyed_and_the_talk_comes_back(place, tmp_path):
    inside(place, ESCALATE)
    backup = tmp_path / "with-a-packet"
    assert fairlead("backup", backup, "--data", place).returncode == 0
    inside(place, WITHDRAW)
    fresh = new_place(place, "erased.log")
    done = fairlead("restore", backup, "--data", fresh)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(fresh / "fairlead.sqlite3") as there:
        for table, left in (
            ("formal_packet", 0),
            ("formal_entry", 0),
            ("cases_case", 1),
            ("vault_datakey", 1),
        ):
            assert there.execute(f"SELECT count(*) FROM {table}").fetchone() == (left,), table  # noqa: S608
    assert inside(fresh, TELL).strip() == PRIVATE


UP = "from fairlead.site.server import bring_up_to_date; bring_up_to_date()"


def test_a_database_file_put_back_by_hand_meets_the_log_before_anything_is_served(place):
    shutil.copy2(place / "fairlead.sqlite3", place / "older")
    inside(place, ERASE)
    (place / "older").replace(place / "fairlead.sqlite3")
    with sqlite3.connect(place / "fairlead.sqlite3") as there:
        assert there.execute("SELECT count(*) FROM cases_case").fetchone() == (1,)
    inside(place, UP)
    with sqlite3.connect(place / "fairlead.sqlite3") as there:
        for table in ("cases_case", "conversations_textversion", "vault_datakey", "cases_grant"):
            assert there.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608
        assert there.execute("SELECT stage FROM vault_erasureledger").fetchall() == [("finished",)]


def test_without_the_log_of_what_was_erased_nothing_is_restored(place, backup):
    fresh = new_place(place)
    done = fairlead("restore", backup, "--data", fresh)
    assert done.returncode == 2
    assert "erased.log" in done.stderr
    assert not (fresh / "fairlead.sqlite3").exists()


def test_a_restore_goes_into_an_empty_place_only(place, backup):
    before = (place / "fairlead.sqlite3").read_bytes()
    done = fairlead("restore", backup, "--data", place, "--nothing-erased")
    assert done.returncode == 2
    assert "nothing was touched" in done.stderr
    assert (place / "fairlead.sqlite3").read_bytes() == before


def test_a_restore_that_was_stopped_half_way_serves_nothing(place, backup):
    (place / "restore-unfinished").touch()
    for command in (("user", "list"), ("serve", "--port", "0")):
        done = fairlead(command[0], "--data", place, *command[1:])
        if command[0] == "serve":
            assert done.returncode == 2
            assert "nothing is served" in done.stderr


def damage_start(content: bytes) -> bytes:
    return b"x" + content[1:]


def damage_middle(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def cut_the_end(content: bytes) -> bytes:
    return content[:-100]


def add_behind(content: bytes) -> bytes:
    return content + b"x"


def change_the_header(content: bytes) -> bytes:
    return content.replace(b'"made_at": "20', b'"made_at": "19', 1)


@pytest.mark.parametrize("damage", [damage_start, damage_middle, cut_the_end, add_behind, change_the_header])
def test_a_damaged_backup_is_refused_and_leaves_the_place_empty(place, backup, damage):
    backup.write_bytes(damage(backup.read_bytes()))
    fresh = new_place(place)
    done = fairlead("restore", backup, "--data", fresh, "--nothing-erased")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in fresh.iterdir()) == ["keys.json"]


def test_another_key_file_opens_nothing(place, backup, tmp_path):
    fresh = tmp_path / "fresh"
    assert fairlead("init", "--data", tmp_path / "other", "--name", "x", "--currency", "EUR", "--email", "x@y.example",
                    FAIRLEAD_PASSWORD=PASSWORD).returncode == 0  # fmt: skip
    fresh.mkdir()
    shutil.copy2(tmp_path / "other" / "keys.json", fresh / "keys.json")
    done = fairlead("restore", backup, "--data", fresh, "--nothing-erased")
    assert done.returncode == 2
    assert sorted(path.name for path in fresh.iterdir()) == ["keys.json"]


def test_a_passphrase_seals_instead_of_the_key_file(place, tmp_path):
    path, words, others = tmp_path / "b", tmp_path / "words", tmp_path / "others"
    words.write_text("pier harbour lantern rope tide nine\n")
    others.write_text("pier harbour lantern rope tide ten\n")
    assert fairlead("backup", path, "--data", place, "--passphrase-file", words).returncode == 0
    fresh = new_place(place)
    for wrong in ((), ("--passphrase-file", others)):
        assert fairlead("restore", path, "--data", fresh, "--nothing-erased", *wrong).returncode == 2
    done = fairlead("restore", path, "--data", fresh, "--nothing-erased", "--passphrase-file", words)
    assert done.returncode == 0, done.stderr


def test_a_backup_holds_no_readable_word(place, backup):
    content = backup.read_bytes()
    for word in (b"Pier Nine", b"ada@pier.example", b"A loop", PRIVATE.encode(), b"SQLite format"):
        assert word not in content
    assert backup.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in backup.parent.iterdir()) == ["monday"]


def test_a_backup_replaces_nothing(place, backup):
    before = backup.read_bytes()
    done = fairlead("backup", backup, "--data", place)
    assert done.returncode == 2
    assert backup.read_bytes() == before


def test_a_changed_trail_in_a_backup_keeps_the_place_shut(place, tmp_path):
    with sqlite3.connect(place / "fairlead.sqlite3") as there:
        for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            there.execute(f"DROP TRIGGER {name}")
        there.execute("UPDATE audit_auditentry SET actor = 'somebody' WHERE sequence = 2")
    path = tmp_path / "b"
    assert fairlead("backup", path, "--data", place).returncode == 0
    fresh = new_place(place)
    done = fairlead("restore", path, "--data", fresh, "--nothing-erased")
    assert done.returncode == 2
    assert "stays shut" in done.stderr
    assert (fresh / "restore-unfinished").exists()


def test_keys_are_rotated_and_older_backups_still_open(place, backup):
    done = fairlead("keys", "--data", place, "rotate")
    assert done.returncode == 0, done.stderr
    assert "Key 2 wraps everything now; 1 keys" in done.stdout
    assert inside(place, TELL).strip() == PRIVATE
    fresh = new_place(place)
    assert fairlead("restore", backup, "--data", fresh, "--nothing-erased").returncode == 0
    assert inside(fresh, TELL).strip() == PRIVATE


def test_a_rotation_that_was_killed_is_finished_without_a_further_key(place):
    inside(place, "from fairlead.foundation.vault.keys import add_key_version\n"
                  "from django.conf import settings\nadd_key_version(settings.FAIRLEAD_KEY_FILE)")  # fmt: skip
    told = fairlead("doctor", "--data", place, "--json").stdout
    assert "not finished" in told
    done = fairlead("keys", "--data", place, "rotate")
    assert "Key 2 wraps everything now; 1 keys" in done.stdout
    assert "not finished" not in fairlead("doctor", "--data", place, "--json").stdout


def test_a_cut_tail_shows_against_a_head_that_was_kept(place, tmp_path):
    heads = tmp_path / "heads"
    assert fairlead("audit", "--data", place, "head", "--to", heads).returncode == 0
    assert fairlead("audit", "--data", place, "verify", "--heads", heads).returncode == 0
    kept = json.loads(heads.read_text())
    heads.write_text(json.dumps({"sequence": kept["sequence"] + 5, "hash": "0" * 64}) + "\n")
    done = fairlead("audit", "--data", place, "verify", "--heads", heads)
    assert done.returncode == 1
    assert "tail is cut" in done.stdout
    heads.write_text("nonsense\n")
    assert fairlead("audit", "--data", place, "verify", "--heads", heads).returncode == 2


def test_sqlite_serves_from_one_process_and_says_why(place):
    done = fairlead("serve", "--data", place, "--workers", "2", "--port", "0")
    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr


def test_the_doctor_knows_of_the_last_backup(place, backup):
    findings = {one["what"]: one for one in json.loads(fairlead("doctor", "--data", place, "--json").stdout)}
    assert str(backup) in findings["backup"]["note"]
    last = place / "last-backup.json"
    last.write_text(json.dumps({"at": "2026-01-01T00:00:00+00:00", "path": "/x"}))
    findings = {one["what"]: one for one in json.loads(fairlead("doctor", "--data", place, "--json").stdout)}
    assert "fairlead backup" in findings["backup"]["mend"]
