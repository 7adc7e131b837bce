"""Backups: made while everybody works, sealed, and believed only after they were opened again."""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from fairlead.core.refusal import Refused
from fairlead.foundation import clock
from fairlead.foundation.vault.keys import provider
from fairlead.foundation.vault.sealed_file import PIECE, Opener, SealedWriter, open_sealed

LAST = "last-backup.json"
_SHORTEST_PASSPHRASE = 16


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and opened again."""

    path: Path
    size: int
    sealed_by: str


def opener_with(passphrase_file: Path | None) -> Opener:
    """Return what seals and opens backups here. Raises Refused for a passphrase that is missing or short."""
    if passphrase_file is None:
        return Opener(provider().keys())
    try:
        passphrase = passphrase_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The passphrase cannot be read from {passphrase_file}.") from None
    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise Refused(
            f"A passphrase has at least {_SHORTEST_PASSPHRASE} characters. Six random words are good."
        )
    return Opener(provider().keys(), passphrase)


def backup(path: Path, *, passphrase_file: Path | None = None) -> Made:
    """Make a backup of the database at `path`, which must not exist yet. The key file is never part of it.

    Raises Refused when something is there already, when PostgreSQL's own tools are missing, or when the backup does
    not open again, in which case it is taken away.
    """
    opener = opener_with(passphrase_file)
    if path.exists():
        raise Refused(f"There is something at {path} already. Choose another name; nothing was touched.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    about = {
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "fairlead": version("fairlead"),
    }
    try:
        with part.open("xb") as file:
            writer, seen = SealedWriter(file, opener, about), hashlib.sha256()
            for piece in _content():
                writer.write(piece)
                seen.update(piece)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        _prove(part, opener, seen.hexdigest())
        os.link(part, path)  # a link refuses to replace what is there
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)
    _remember(path)
    return Made(path, path.stat().st_size, "a passphrase" if opener.passphrase else "the key file")


def _content() -> Iterator[bytes]:
    return _sqlite_content() if connection.vendor == "sqlite" else _postgres_content()


@contextmanager
def scratch_beside_the_database() -> Iterator[Path]:
    """Give a place for a copy of the database where the database itself is, and take it away afterwards."""
    folder = Path(settings.FAIRLEAD_DATA) / f".scratch-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder / "copy.sqlite3"
    finally:
        shutil.rmtree(folder)


def _sqlite_content() -> Iterator[bytes]:
    source = f"file:{settings.DATABASES['default']['NAME']}?mode=ro"
    with scratch_beside_the_database() as copy:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=60)) as there,
            closing(sqlite3.connect(copy)) as here,
        ):
            there.backup(here)  # in one go: one moment, while writers wait for a breath
        with copy.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def postgres_surroundings() -> dict[str, str]:
    """Return the environment by which PostgreSQL's own tools find the database, its password not on a command line."""
    given = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    return {**os.environ, **{names[name]: str(given[name]) for name in names if given.get(name)}}


def postgres_tool(name: str) -> str:
    """Return where a tool of PostgreSQL is. Raises Refused when it is not here."""
    found = shutil.which(name)
    if found is None:
        raise Refused(
            f"{name} is not on this machine. Install the client tools of your PostgreSQL's version."
        )
    return found


def _postgres_content() -> Iterator[bytes]:
    command = [postgres_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    with subprocess.Popen(command, env=postgres_surroundings(), stdout=subprocess.PIPE) as dump:  # noqa: S603 - our own
        while piece := dump.stdout.read(PIECE):
            yield piece
    if dump.returncode:
        raise Refused("pg_dump could not read the database; it says above why. No backup was made.")


def _prove(path: Path, opener: Opener, wanted: str) -> None:
    """Open a backup again, to the end, and let the database look at what is in it. Raises Refused."""
    seen = hashlib.sha256()
    if connection.vendor == "sqlite":
        with scratch_beside_the_database() as copy:
            with copy.open("wb") as file:
                for piece in open_sealed(path, opener):
                    seen.update(piece)
                    file.write(piece)
            whole = is_whole(copy)
    else:
        for piece in open_sealed(path, opener):
            seen.update(piece)
        whole = True
    if seen.hexdigest() != wanted or not whole:
        raise Refused(
            "The backup did not open again as it was written, so it was taken away. Check the disk."
        )


def is_whole(database: Path) -> bool:
    """Tell whether SQLite finds every page of a database file in order."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as there:
            return bool(there.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remember(path: Path) -> None:
    kept = {"at": clock.now().isoformat(), "path": str(path.absolute())}
    (Path(settings.FAIRLEAD_DATA) / LAST).write_text(json.dumps(kept) + "\n", "utf-8")
