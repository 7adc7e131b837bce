"""Restoring a backup into an empty place. Nothing is served before what was erased is erased again."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from fairlead.core.refusal import Refused
from fairlead.foundation.audit.log import SYSTEM, append
from fairlead.foundation.audit.verify import verify
from fairlead.foundation.vault import erased_log
from fairlead.foundation.vault.belonging import check_key_file
from fairlead.foundation.vault.envelope import Envelope, SealBroken, unwrap
from fairlead.foundation.vault.fields import read_from
from fairlead.foundation.vault.keys import KeyFileError
from fairlead.foundation.vault.models import DataKey
from fairlead.foundation.vault.sealed_file import Opener, open_sealed, read_header
from fairlead.site.backup import is_whole, opener_with, postgres_surroundings, postgres_tool
from fairlead.site.erased_again import erase_again
from fairlead.site.server import UNFINISHED, bring_up_to_date

_SAMPLE = 20  # texts of each kind


@dataclass(frozen=True, slots=True)
class Restored:
    """What was found in a restored place."""

    made_at: str
    entries: int
    keys: int
    texts: int
    erased_again: int


def restore(path: Path, *, erased: Path | None, passphrase_file: Path | None = None) -> Restored:
    """Restore a backup where no database is yet, erase again what the log says, and check it.

    Raises Refused when a database is here, when the backup does not open or is another product's, when the trail was
    changed or a text does not open; after that the place stays shut until a restore succeeds.
    """
    opener = opener_with(passphrase_file)
    try:
        header = read_header(path)
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}).") from None
    except SealBroken as broken:
        raise Refused(f"{path}: {broken}") from None
    if header.get("database") != connection.vendor:
        raise Refused(
            f"This is a backup of {header.get('database')}, and the database here is {connection.vendor}."
        )
    _refuse_a_used_place()
    unfinished = Path(settings.FAIRLEAD_DATA) / UNFINISHED
    unfinished.touch()
    try:
        _bring_back(path, opener)
        check_key_file()
    except (SealBroken, KeyFileError) as error:
        _clear()
        unfinished.unlink()
        raise Refused(f"Nothing was restored. {error}") from None
    bring_up_to_date(restoring=True)
    again = erase_again(erased_log.read(erased) if erased else [])
    found = _looked_over(str(header["made_at"]), again)
    with transaction.atomic():
        append(
            actor=SYSTEM, action="backup.restored", subject_type="server", subject="server", outcome="done"
        )
    unfinished.unlink()
    return found


def _refuse_a_used_place() -> None:
    if (Path(settings.FAIRLEAD_DATA) / UNFINISHED).exists():
        raise Refused(
            "A restore stopped half way here. Empty this place but for the key file, and begin again."
        )
    used = (
        Path(settings.DATABASES["default"]["NAME"]).exists()
        if connection.vendor == "sqlite"
        else bool(connection.introspection.table_names())
    )
    if used:
        raise Refused(
            "There is a database here already. A backup is restored into an empty place; nothing was touched."
        )


def _bring_back(path: Path, opener: Opener) -> None:
    if connection.vendor != "sqlite":
        _into_postgres(open_sealed(path, opener))
        return
    target = Path(settings.DATABASES["default"]["NAME"])
    part = target.with_name(f".{target.name}.restoring")
    try:
        with part.open("xb") as file:
            file.writelines(open_sealed(path, opener))
        if not is_whole(part):
            raise SealBroken("The database in it is damaged.")
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _into_postgres(pieces: Iterator[bytes]) -> None:
    # The first pieces are proved before anything reaches the database; all of it arrives in one transaction.
    command = [
        postgres_tool("pg_restore"),
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        "--dbname=",
    ]
    command[-1] += str(connection.get_connection_params()["dbname"])
    with subprocess.Popen(command, env=postgres_surroundings(), stdin=subprocess.PIPE) as into:  # noqa: S603 - our own
        try:
            for piece in pieces:
                into.stdin.write(piece)
        except (SealBroken, BrokenPipeError):
            into.kill()
            raise SealBroken("It was altered or cut off, or pg_restore stopped.") from None
    if into.returncode:
        raise SealBroken("pg_restore could not read it; it says above why.")


def _clear() -> None:
    connection.close()
    if connection.vendor == "sqlite":
        Path(settings.DATABASES["default"]["NAME"]).unlink(missing_ok=True)


def _looked_over(made_at: str, again: int) -> Restored:
    verdict = verify()
    if not verdict.ok:
        raise Refused(f"The audit trail in this backup was changed: {verdict.problem} The place stays shut.")
    try:
        envelopes = [unwrap(key) for key in DataKey.objects.values_list("pk", flat=True)]
        texts = sum(_opens(row, field, envelopes) for row, field in _sealed_sample())
    except SealBroken as broken:
        raise Refused(f"{broken} The place stays shut.") from None
    return Restored(made_at, verdict.entries, len(envelopes), texts, again)


def _sealed_sample() -> Iterator[tuple[models.Model, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001 - Django's documented way to look at a model
            if getattr(field, "sealed", False):
                kept = model._default_manager.exclude(**{field.name: None})  # noqa: SLF001
                for row in islice(kept.order_by("pk").iterator(), _SAMPLE):
                    yield row, field.name


def _opens(row: models.Model, field: str, envelopes: list[Envelope]) -> int:
    """Open a text with whichever key is its own. Raises SealBroken when none is."""
    for envelope in envelopes:
        try:
            read_from(envelope, row, field)
        except SealBroken:
            continue
        return 1
    raise SealBroken(f"A sealed text of {row._meta.label} does not open with any key.")  # noqa: SLF001
