"""What every test stands on: a data directory and a key file of its own, no network, one organisation with a cast."""

import os
import tempfile
from pathlib import Path

# The settings read the key file when they are imported, so both have to be there before pytest-django sets up.
_data = Path(tempfile.mkdtemp(prefix="fairlead-tests-"))
_database = os.environ.get("TESTS_DATABASE_URL", "")
for name in [name for name in os.environ if name.startswith("FAIRLEAD_")]:
    del os.environ[name]
os.environ["FAIRLEAD_DATA"] = str(_data)
if _database:
    os.environ["FAIRLEAD_DATABASE_URL"] = _database
os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.site.settings"

from fairlead.foundation.vault.keys import create_key_file  # noqa: E402 - after the directory is known

create_key_file(_data / "keys.json")
(_data / "static").mkdir()

import django  # noqa: E402

django.setup()

import pytest  # noqa: E402
from django.db import connection  # noqa: E402

from tests.cast import Cast, cast_of_the_story  # noqa: E402
from tests.foundation.trail_guards import let_flush_pass  # noqa: E402


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Pages name their static files without hashes, so that no test needs to collect them first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit are emptied afterwards, which the audit trail's triggers would refuse."""
    with django_db_blocker.unblock():
        let_flush_pass(connection)


@pytest.fixture
def cast(db) -> Cast:
    """The people of the story, in their teams."""
    return cast_of_the_story()
