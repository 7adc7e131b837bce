"""Bytes to text: what editors, spreadsheets and chat programs really write."""

from typing import Final

# Files that hold words but are not text, by the bytes they begin with.
_NOT_TEXT: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a packed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a packed file",
}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 4_096
LOST: Final = "Some characters could not be read and are shown as �."


class NotTextError(ValueError):
    """The bytes are not text; the message says what they look like and what to give instead."""


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, its lines ended by a newline each, and sentences about what was lost.

    Reads UTF-8 with or without a byte order mark and UTF-16 with one; what is neither is read as
    Windows-1252, unless most of it is UTF-8 and only some bytes are damaged. Raises NotTextError.
    """
    if content.startswith(_UTF16):
        text = content.decode("utf-16", "replace")
    else:
        kind = next((kind for begin, kind in _NOT_TEXT.items() if content.startswith(begin)), None)
        if kind is not None or b"\0" in content[:_HEAD]:
            raise NotTextError(
                f"This is {kind or 'not text'}. Save it as plain text, or copy the words out of it."
            )
        text = _eight_bit(content)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text, (LOST,) if "�" in text else ()


def _eight_bit(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        damaged = content.decode("utf-8-sig", "replace")
    # Letters beyond ASCII that did decode speak for damaged UTF-8; none speak for another encoding.
    beyond = sum(character > "\x7f" and character != "�" for character in damaged)
    return damaged if beyond or b"\x81" in content else content.decode("cp1252", "replace")
