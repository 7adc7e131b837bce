"""Markdown read for its prose: a text of the same length in which everything that is not prose is filled up.


A scanner of our own, because a Markdown library alone takes longer than the whole coach may. It knows containers
(quotes, lists), fences, indented code, comments, front matter, tables, links and inline code; a property test holds it
against markdown-it. Offsets stay true: the mask has one ASCII character for every character of the text. Inline code
becomes a word of `#`, all other marks become spaces, and a soft line break is a space, so that phrases match across
lines.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from fairlead.core.language.letters import ascii_letters
from fairlead.core.language.marks import fill, fill_marks

Kind = Literal["text", "heading", "item", "cell"]

_FENCE: Final = re.compile(r"(`{3,}|~{3,})([^\n]*)")
_ITEM: Final = re.compile(r"([-+*]|\d{1,9}[.)])(?:( {1,4})(?=\S)|[ \t]+|$)")
_HEADING: Final = re.compile(r"#{1,6}(?:[ \t]+|$)")
_BREAK: Final = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT: Final = re.compile(r"(?:=+|-+)[ \t]*$")
_DELIMITERS: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION: Final = re.compile(r"\[[^\]\n]{1,200}\]:[ \t]*\S")
_RAW: Final = re.compile(r"<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_TIMED: Final = re.compile(r"[\[(*_ ]{0,4}(?:\d{4}-\d\d-\d\d[T ,]{1,2})?\d{1,2}:\d\d\b")
_CODE: Final = 4
_BETWEEN: Final = re.compile(r"\n(?:[ \t\r]*\n(?=[!-~])|(?=[-*+] [!-~]|#{1,6} ))")
_MAY_STAY_OPEN: Final = ("```", "~~~", "<")
# Lines of words alone; most stretches are that, and reading them line by line takes three times longer.
_PLAIN: Final = re.compile(
    r"([A-Za-z][^\r\n`\[\]<*_~]*(?:\r?\n[A-Za-z][^\r\n`\[\]<*_~]*)*)[\r\n](?:[ \t\r\n]*)"
)
_LINE_BREAKS: Final = str.maketrans("\r\n", "  ")


class Paragraph(NamedTuple):
    """A stretch of prose that reads as one: where it is, and what it is."""

    start: int
    end: int
    kind: Kind


class Masked(NamedTuple):
    """The prose of a text, at the same length, and its paragraphs in their order."""

    prose: str
    paragraphs: tuple[Paragraph, ...]


def mask(text: str) -> Masked:
    """Return the prose of a Markdown text."""
    scanner = Scanner(ascii_letters(text))
    paragraphs = scanner.read(scanner.begin, len(text))
    return Masked(scanner.buffer.decode("ascii"), tuple(paragraphs))


def mask_where(plain: str, sign: str) -> str:
    """Return a text of ASCII masked wherever `sign` stands; what else there is may stay as it is written."""
    scanner = Scanner(plain)
    for start, end in scanner.stretches():
        if plain.find(sign, start, end) >= 0 or scanner.leaves_open(start, end):
            scanner.read(start, end)
    return scanner.buffer.decode("ascii")


class Scanner:
    """Goes through a text line by line and keeps what is open: a fence, a quote, lists, a paragraph, a table.

    Most of a text is never read. It falls apart into stretches, each of which can be read alone: one begins with a line
    that is not indented, after a blank line or as a heading or an item, so that quotes, lists and paragraphs have ended
    there. Whoever skips stretches has to read those that `leaves_open` names, because a fence or a comment may go on.
    """

    def __init__(self, plain: str) -> None:
        """Take a text of ASCII."""
        self.plain = plain
        self.buffer = bytearray(plain, "ascii")
        self.paragraphs: list[Paragraph] = []
        self.lists: list[int] = []
        self.open_at = -1
        self.open_kind: Kind = "text"
        self.lines_open = 0
        self.last_start = 0
        self.last_end = 0
        self.fence = ""
        self.until = ""
        self.in_quote = False
        self.quote_fence = ""
        self.in_table = False
        self.marks = [mark for mark in _MAY_STAY_OPEN if mark in plain]
        self.begin = self._front_matter()

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Yield where each stretch begins and ends."""
        start = self.begin
        for found in _BETWEEN.finditer(self.plain, start):
            yield start, found.end()
            start = found.end()
        yield start, len(self.plain)

    def leaves_open(self, start: int, end: int) -> bool:
        """Tell whether something may still be open at the end of a stretch, so that it has to be read."""
        if not self.marks:
            return False
        return bool(self.fence or self.until) or any(
            self.plain.find(mark, start, end) >= 0 for mark in self.marks
        )

    def read(self, at: int, end: int) -> list[Paragraph]:
        """Read the lines between two offsets and return their paragraphs; what was open before goes on."""
        self.paragraphs = []
        self.in_quote, self.quote_fence = False, ""  # a stretch that was left out has ended them
        found = None if self.fence or self.until else _PLAIN.fullmatch(self.plain, at, end)
        if found and self.plain.find("://", at, end) < 0:
            self.buffer[at : found.end(1)] = found[1].translate(_LINE_BREAKS).encode("ascii")
            return [Paragraph(at, found.end(1), "text")]
        while at < end:
            last = self.plain.find("\n", at, end)
            last = end if last < 0 else last
            self._line(at, last - 1 if last > at and self.plain[last - 1] == "\r" else last)
            at = last + 1
        self._close()
        return self.paragraphs

    def prose(self, paragraph: Paragraph) -> str:
        """Return the prose of a paragraph that was read."""
        return self.buffer[paragraph.start : paragraph.end].decode("ascii")

    def _front_matter(self) -> int:
        """Fill up front matter and return where the text goes on."""
        start = (
            1 if self.plain[:1] == " " and self.plain[1:4] == "---" else 0
        )  # a byte order mark became a space
        first = self.plain.find("\n", start)
        if first < 0 or self.plain[start:first].rstrip() not in {"---", "+++"}:
            return 0
        closing = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t\r]*$", re.MULTILINE).search(self.plain, first + 1)
        if closing is None or re.match(r"[ \t\r]*\n", self.plain[first + 1 : first + 3]):
            return 0
        self._fill(0, closing.end())
        return closing.end()

    def _fill(self, start: int, end: int) -> None:
        fill(self.buffer, start, end)

    def _close(self) -> None:
        """Close the open paragraph, and read what is inside it."""
        if self.open_at >= 0 and self.last_end > self.open_at:
            fill_marks(self.plain, self.buffer, self.open_at, self.last_end)
            self.paragraphs.append(Paragraph(self.open_at, self.last_end, self.open_kind))
        self.open_at = -1
        self.in_table = False
        self.open_kind = "text"
        self.lines_open = 0

    def _line(self, at: int, end: int) -> None:
        line = self.plain[at:end]
        body = line.lstrip(" \t")
        indent = len(line[: len(line) - len(body)].expandtabs(4))
        start = end - len(body)
        if not body.strip():
            self._blank_line(at, end)
        elif self.fence:
            self._inside_fence(at, end, body, indent)
        elif self.until:
            self._inside_raw(at, end, body)
        else:
            self._block(at, start, end, indent)

    def _blank_line(self, at: int, end: int) -> None:
        if not self.until.startswith("</") and self.until != "-->":
            self.until = ""
        self._close()
        self.in_quote = False
        self.quote_fence = ""
        self._fill(at, end)

    def _inside_fence(self, at: int, end: int, body: str, indent: int) -> None:
        if self.lists and indent < self.lists[-1]:  # the list item ends, and the fence in it
            self.fence = ""
            self._block(at, end - len(body), end, indent)
            return
        self._fill(at, end)
        run = body.rstrip()
        within = indent - (self.lists[-1] if self.lists else 0) < _CODE
        if within and len(run) >= len(self.fence) and run == self.fence[0] * len(run):
            self.fence = ""

    def _inside_raw(self, at: int, end: int, body: str) -> None:
        self._fill(at, end)
        if self.until in body.lower():
            self.until = ""

    def _block(self, at: int, start: int, end: int, indent: int) -> None:
        """Read a line that is neither blank nor inside something that began earlier."""
        body = self.plain[start:end]
        if body[0] != ">":
            self.quote_fence = ""
        while self.lists and indent < self.lists[-1] and (self.open_at < 0 or self._begins_block(body)):
            self.lists.pop()
            self._close()
        inner = indent - (self.lists[-1] if self.lists else 0)
        if inner >= _CODE and self.open_at < 0 and not self.in_quote:
            self.in_table = False
            self._fill(at, end)
        elif inner >= _CODE and self.open_at >= 0:
            self._continue(at, end)
        else:
            self._leaf(at, start, end, indent)

    def _begins_block(self, body: str) -> bool:
        first = body[0]
        if first == "#":
            return _HEADING.match(body) is not None
        if first in "`~":
            return _opens_fence(body) is not None
        if first == "<":
            return body.startswith("<!--") or _RAW.match(body) is not None
        return first == ">" or (first in "-*_" and _BREAK.match(body) is not None) or self._begins_item(body)

    def _begins_item(self, body: str) -> bool:
        """Tell whether a line begins an item; a number may interrupt a paragraph only where it is 1."""
        found = _ITEM.match(body) if body[0] in "-+*0123456789" else None
        if found is None or self.open_at < 0:
            return found is not None
        number = found[1][:-1]
        return found.end() < len(body.rstrip()) and (bool(self.lists) or not number or number == "1")

    def _leaf(self, at: int, start: int, end: int, indent: int) -> None:
        body = self.plain[start:end]
        first = body[0]
        if first == ">":
            self._quote(at, end, body.lstrip("> \t"))
        elif first in "=-" and _SETEXT.match(body) and self._may_underline(indent):
            self._underlined(at, end)
        elif first in "`~" and (fence := _opens_fence(body)):
            self._close()
            self.in_quote = False
            self.fence = fence
            self._fill(at, end)
        elif first == "#" and _HEADING.match(body):
            self._heading(at, start, end)
        elif first in "-*_" and _BREAK.match(body):
            self._close()
            self.in_quote = False
            self._fill(at, end)
        elif self._begins_item(body):
            self._item(at, start, end, indent)
        elif first == "<" and self._raw(at, end, body):
            return
        elif self.in_quote:
            self._fill(at, end)  # a quote goes on without its mark
        elif first == "[" and self.open_at < 0 and _DEFINITION.match(body):
            self._fill(at, end)
        else:
            self._text(at, start, end)

    def _quote(self, at: int, end: int, rest: str) -> None:
        """Fill up a line of a quote, and note whether a line without a mark would go on with its paragraph."""
        self._close()
        self._fill(at, end)
        fence = _opens_fence(rest) if rest[:1] in {"`", "~"} else None
        if self.quote_fence:
            closes = rest.rstrip() == self.quote_fence[0] * len(rest.rstrip()) and len(rest.rstrip()) >= len(
                self.quote_fence
            )
            self.quote_fence = "" if closes else self.quote_fence
            self.in_quote = False
        elif fence:
            self.quote_fence, self.in_quote = fence, False
        else:
            self.in_quote = bool(rest) and not rest.startswith("#")

    def _raw(self, at: int, end: int, body: str) -> bool:
        """Fill up a comment or raw HTML that begins here; say whether one did."""
        if body.startswith("<!--"):
            self._close()
            self.in_quote = False
            closing = body.find("-->", 4)
            self.until = "-->" if closing < 0 else ""
            self._fill(at, end)
            return True
        raw = _RAW.match(body)
        if raw is None:
            return False
        self._close()
        self.in_quote = False
        closing_tag = f"</{raw[1].lower()}>"
        self.until = "" if closing_tag in body.lower() else closing_tag
        self._fill(at, end)
        return True

    def _may_underline(self, indent: int) -> bool:
        """Tell whether a paragraph is open whose heading a line could make, inside the same item of a list."""
        return self.open_at >= 0 and not self.in_table and (not self.lists or indent >= self.lists[-1])

    def _underlined(self, at: int, end: int) -> None:
        self.open_kind = "heading"
        self._close()
        self._fill(at, end)

    def _heading(self, at: int, start: int, end: int) -> None:
        self._close()
        self.in_quote = False
        body = self.plain[start:end]
        marks = len(body) - len(body.lstrip("#"))
        self._fill(at, start + marks)
        title = body[marks:].rstrip().rstrip("#")
        self._fill(start + marks + len(title), end)
        self._open(start + marks + len(title) - len(title.lstrip()), start + marks + len(title), "heading")
        self._close()

    def _item(self, at: int, start: int, end: int, indent: int) -> None:
        self._close()
        self.in_quote = False
        found = _ITEM.match(self.plain[start:end])
        if found is None:  # pragma: no cover - asked before
            return
        width = found.end(2) if found[2] else found.end(1) + 1
        self.lists.append(indent + width)
        inner = start + min(width, end - start)
        self._fill(at, inner)
        rest = self.plain[inner:end]
        if rest.strip():
            body = rest.lstrip(" \t")
            inner_indent = indent + width + len(rest[: len(rest) - len(body)].expandtabs(4))
            self.open_kind = "item"
            self._block(inner, end - len(body), end, inner_indent)

    def _text(self, at: int, start: int, end: int) -> None:
        if self.in_table:
            self._row(start, end)
        elif self.lines_open and _is_delimiter_row(
            self.plain[start:end], self.plain[self.last_start : self.last_end]
        ):
            self._table(at, end)
        elif self.open_at < 0 or (self.open_kind != "item" and _TIMED.match(self.plain, start)):
            kind = self.open_kind
            self._close()
            self._open(start, end, kind if kind == "item" else "item" if self.lists else "text")
        else:
            self._continue(at, end)

    def _table(self, at: int, end: int) -> None:
        """Begin a table: the line before this one is its head, and what stood above it a paragraph."""
        first, last = self.last_start, self.last_end
        self.last_end = first
        if self.lines_open == 1:
            self.open_at = -1
        self._close()
        self.in_table = True
        self._row(first, last)
        self._fill(at, end)

    def _open(self, start: int, end: int, kind: Kind) -> None:
        self.open_at, self.last_end, self.open_kind, self.lines_open = start, end, kind, 1
        self.last_start = start

    def _continue(self, at: int, end: int) -> None:
        self._fill(self.last_end, at)  # the line break reads as a space
        self.last_start = at
        self.last_end = end
        self.lines_open += 1

    def _row(self, start: int, end: int) -> None:
        """Read each cell of a table's row as a paragraph of its own."""
        fill_marks(self.plain, self.buffer, start, end)
        row = self.buffer[start:end].decode("ascii")
        at = 0
        for cell in re.split(r"(?<!\\)\|", row):
            inner = cell.strip()
            if inner:
                begin = start + at + cell.index(inner)
                self.paragraphs.append(Paragraph(begin, begin + len(inner), "cell"))
            self._fill(start + at + len(cell), min(end, start + at + len(cell) + 1))
            at += len(cell) + 1


def _opens_fence(body: str) -> str | None:
    found = _FENCE.match(body)
    if found is None or (found[1][0] == "`" and "`" in found[2]):
        return None
    return found[1]


def _is_delimiter_row(row: str, header: str) -> bool:
    return (
        "|" in header
        and "-" in row
        and _DELIMITERS.match(row) is not None
        and _columns(row) == _columns(header)
    )


def _columns(row: str) -> int:
    return len(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|")))
