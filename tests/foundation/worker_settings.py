"""Settings of the processes that tests start: the foundation's own apps on the database that is named."""

import os
from pathlib import Path

import dj_database_url

DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=OFF;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FAIRLEAD_KEY_FILE = Path(os.environ.get("KEY_FILE", "none"))
INSTALLED_APPS = [f"fairlead.foundation.{name}" for name in ("outbox", "audit", "vault")]
SECRET_KEY = "only for tests"
FAIRLEAD_ERASED_LOG = Path(os.environ.get("ERASED_LOG", os.devnull))
USE_TZ = True
