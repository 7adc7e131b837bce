from pathlib import Path

import pytest

from fairlead.foundation.vault.keys import create_key_file
from tests.foundation.databases import postgres_url_in, sqlite_url_in


@pytest.fixture
def key_file(tmp_path, settings) -> Path:
    """A new key file, and the setting that names it."""
    settings.FAIRLEAD_KEY_FILE = tmp_path / "keys.json"
    create_key_file(settings.FAIRLEAD_KEY_FILE)
    return settings.FAIRLEAD_KEY_FILE


@pytest.fixture(
    params=[
        pytest.param(sqlite_url_in, id="sqlite"),
        pytest.param(postgres_url_in, id="postgresql", marks=pytest.mark.postgres),
    ]
)
def database(request, tmp_path):
    """The address of a real, empty database with the foundation's tables."""
    with request.param(tmp_path) as url:
        yield url
