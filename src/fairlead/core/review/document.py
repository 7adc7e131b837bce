"""A review as it is read: a title, a line under it, and sections of Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairlead.core.review.facts import Facts
from fairlead.core.review.parts import part
from fairlead.core.review.plain import inline
from fairlead.core.review.template import Section


@dataclass(frozen=True, slots=True)
class Written:
    """One section of a document: its key, its title, and its Markdown."""

    key: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole review."""

    title: str
    line: str
    sections: tuple[Written, ...]

    def markdown(self) -> str:
        """Return the review as one Markdown text."""
        pieces = [f"# {inline(self.title)}", f"*{inline(self.line)}*" if self.line else ""]
        for section in self.sections:
            pieces += [f"## {inline(section.title)}", section.markdown]
        return "\n\n".join(piece.strip() for piece in pieces if piece.strip()) + "\n"


def assemble(template: Sequence[Section], words: Mapping[str, str], facts: Facts, *, line: str) -> Document:
    """Return the review: in each section what people wrote, then what the incident's part says.

    Sections in which nothing stands are left out.
    """
    written = [
        Written(
            section.key,
            section.title,
            "\n\n".join(
                piece for piece in (words.get(section.key, "").strip(), part(section.source, facts)) if piece
            ),
        )
        for section in template
    ]
    return Document(facts.title, line, tuple(one for one in written if one.markdown))
