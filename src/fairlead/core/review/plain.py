"""Words that are no Markdown, written so that Markdown shows them as they stand."""

import re
from typing import Final

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_MARKS: Final = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)
_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n\s*")


def inline(text: str) -> str:
    """Return text on one line, for a cell or an item of a list; nothing in it is read as markup."""
    return _escaped(" ".join(text.split()))


def paragraphs(text: str) -> str:
    """Return text with its paragraphs and its line ends kept; nothing in it is read as markup."""
    kept: list[str] = []
    for paragraph in _PARAGRAPHS.split(text.replace("\r\n", "\n").strip()):
        lines = [_escaped(line.strip()) for line in paragraph.split("\n")]
        kept.append("\\\n".join(lines))
    return "\n\n".join(kept)


def link(words: str, address: str) -> str:
    """Return a link to an address of the web; of any other only the words."""
    if not address.startswith(("https://", "http://")) or re.search(r"[\s<>\\]", address):
        return inline(words)
    return f"[{inline(words)}](<{address}>)"


def _escaped(text: str) -> str:
    return _LINE_MARKS.sub(_escaped_mark, _MARKS.sub(r"\\\1", text))


def _escaped_mark(found: re.Match[str]) -> str:
    mark = found.group(1)
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
