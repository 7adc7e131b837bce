"""What `fairlead export` asks of the server: everything in the commons, written bit by bit into a new folder."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from fairlead.commons.exports.selectors import json_list, of_improvements, of_incidents
from fairlead.commons.improvements.models import Improvement
from fairlead.commons.incidents.models import Incident
from fairlead.commons.lessons.api import lessons_told
from fairlead.commons.lessons.selectors import lesson_list
from fairlead.core.visibility import Actor
from fairlead.foundation.audit.log import SYSTEM, append_now
from fairlead.site.operate import CannotError, organisation_name

_EVERYBODY: Final = Actor(account="", mark=SYSTEM)  # the commons are the same for all who read them


def export_commons(folder: Path) -> dict[str, int]:
    """Write everything and return the size of each file. Raises CannotError; then nothing stands under the name."""
    if not organisation_name():
        raise CannotError(
            "There is no organisation here yet. Run `fairlead init`, or name another place with --data."
        )
    if folder.exists():
        raise CannotError(f"{folder} is there already. Name a folder that is not; nothing was written.")
    append_now(
        actor=SYSTEM,
        action="commons.export",
        subject_type="organisation",
        subject="1",
        outcome="granted",
        reason="",
    )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            sizes = {name: _write(half / name, pieces) for name, pieces in _files()}
            half.rename(folder)
        finally:
            shutil.rmtree(half, ignore_errors=True)
    except OSError as error:
        raise CannotError(
            f"{folder} cannot be written: {error.strerror}. Nothing stands under that name."
        ) from error
    return sizes


def _files() -> Iterator[tuple[str, Iterable[str]]]:
    incidents, improvements = Incident.objects.all(), Improvement.objects.all()
    yield "incidents.json", of_incidents(_EVERYBODY, incidents, table="incidents", shape="json")
    for table in ("incidents", "timeline", "factors"):
        yield f"{table}.csv", of_incidents(_EVERYBODY, incidents, table=table, shape="csv")
    yield "improvements.csv", of_improvements(_EVERYBODY, improvements, shape="csv")
    yield "lessons.json", json_list(lessons_told(lesson_list(_EVERYBODY)))


def _write(path: Path, pieces: Iterable[str]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        for piece in pieces:
            file.write(piece)
    return path.stat().st_size
