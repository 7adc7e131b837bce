"""What is left of a destroyed key in the database's files."""

import pytest

from fairlead.foundation.vault.keys import create_key_file
from tests.foundation.databases import run, sqlite_url_in


@pytest.mark.slow
def test_a_destroyed_key_leaves_no_trace_in_the_database_file(tmp_path):
    create_key_file(tmp_path / "keys.json")
    with sqlite_url_in(tmp_path) as url:
        said = run(url, "tests/foundation/vault/destroy_one.py", KEY_FILE=tmp_path / "keys.json")
    destroyed, kept = map(bytes.fromhex, said.split())
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("test.sqlite3*"))
    assert kept in stored
    assert destroyed not in stored
