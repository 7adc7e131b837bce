"""`--fix`: the rewrites that are safe, done in the file itself, all of them or none."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from fairlead.cli.lint_files import Source
from fairlead.core.language import Finding


class FixError(Exception):
    """The file was not changed; the text says why."""


def fix(source: Source, findings: Sequence[Finding]) -> Source | None:
    """Do the safe rewrites in a file and return what it holds now; None where there is nothing to do.

    Raises FixError where the file cannot be written byte for byte, or is no longer what was read.
    """
    safe = [one for one in findings if one.safe and one.rewrites]
    if not safe:
        return None
    if "\ufffd" in source.text or source.mark[:1] in {b"\xff", b"\xfe"}:
        raise FixError("it is not UTF-8 throughout, so nothing in it was changed")
    text = source.text
    for one in sorted(safe, key=lambda one: -one.start):
        text = text[: one.start] + one.rewrites[0] + text[one.end :]
    path = Path(source.path).resolve()  # behind a link stands the file
    try:
        if path.read_bytes() != _bytes_of(source, source.text):
            raise FixError("it changed while we looked, so nothing in it was changed. Run it once more")
        _put_in_place(path, _bytes_of(source, text))
    except OSError as error:
        raise FixError(f"it could not be written ({error.strerror}), so nothing in it was changed") from None
    return source._replace(text=text)


def _bytes_of(source: Source, text: str) -> bytes:
    return source.mark + text.encode("utf-8")


def _put_in_place(path: Path, content: bytes) -> None:
    """Replace a file in one step: whoever reads it meanwhile sees the old text or the new one, never a part."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode)
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise
