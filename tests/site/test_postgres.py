"""The same product on PostgreSQL: the story and the guards run there too, not only on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.foundation.databases import postgres_url_in

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
ROOT = Path(__file__).parents[2]


def test_both_places_run_on_postgresql(tmp_path):
    with postgres_url_in(tmp_path) as url:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "tests/private",
                "tests/commons",
                "tests/site/test_search.py",
                "tests/site/test_mail.py",
                "-m",
                "not slow",
                "-q",
            ],
            env={**os.environ, "TESTS_DATABASE_URL": url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-3000:]
    assert "[100%]" in done.stdout
