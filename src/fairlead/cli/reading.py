"""Getting "what happened" from where it is: words on the command line, a file, or standard input."""

import sys
from pathlib import Path
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
_FILES: Final = {".md", ".markdown", ".txt", ".log", ".eml", ".json", ".csv", ".html", ".pdf", ".docx"}
_NOT_TEXT: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a packed document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_HEAD: Final = 4096


class ReadingError(Exception):
    """What was given cannot be read as text; the words say why, and what to give instead."""


def text_from(words: list[str]) -> str:
    """Return the text that the arguments mean: "-" is standard input, one existing path is a file, else words."""
    given = " ".join(words).strip()
    if given == "-":
        return _decoded(sys.stdin.buffer.read(LARGEST + 1), "What came in")
    return file_text(given) or given.encode("utf-8", "replace").decode("utf-8")


def file_text(given: str) -> str | None:
    """Return the text of the file that `given` names, or None when it is not the name of a file."""
    if "\n" in given or len(given) > _HEAD:
        return None
    try:
        path = Path(given).expanduser()
        if path.is_dir():
            raise ReadingError(
                f"{given} is a folder. Give one file, or describe in a sentence what happened."
            )
        if path.exists():
            with path.open("rb") as file:
                return _decoded(file.read(LARGEST + 1), given)
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, PermissionError):
            raise ReadingError(f"{given} may not be read by you.") from None
        return None
    if " " not in given and (path.suffix.lower() in _FILES or given.startswith(("/", "./", "../", "~"))):
        raise ReadingError(f"There is no file {given} here.")
    return None


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST:
        raise ReadingError(f"{name} is larger than 10 MB. Take the part around the outage.")
    kind = next((kind for begin, kind in _NOT_TEXT.items() if content.startswith(begin)), None)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and kind is None:
        return content.decode("utf-16", "replace")
    if kind is not None or b"\0" in content[:_HEAD]:
        raise ReadingError(
            f"{name} is {kind or 'not text'}. Save it as plain text, or copy the words out of it."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what older mail and chat programs write
    if not text.strip():
        raise ReadingError(f"{name} is empty.")
    return text
