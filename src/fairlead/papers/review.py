"""A review as PDF, and as one HTML file that prints well."""

import json
from html import escape
from importlib import resources
from typing import Any, Final

import typst
from markdown_it.tree import SyntaxTreeNode

from fairlead.core.review.document import Document
from fairlead.papers.lettering import printable
from fairlead.papers.prose import tree_of

_FOOT: Final = "A review names nobody. It is about how the system can be made safer, whoever works on it."
_KINDS: Final = {"strong": "strong", "em": "emph", "s": "strike"}
_DEEPEST: Final = 12  # lists and quotations inside each other; deeper ones are drawn at this depth


def review_pdf(document: Document) -> bytes:
    """Return the review as a tagged PDF in A4, the same bytes for the same review.

    Texts are handed over as data, so that nothing in them is read as markup of the page.
    """
    source = resources.files("fairlead.papers").joinpath("review.typ").read_bytes()
    inputs = {"review": json.dumps(_content(document), ensure_ascii=False)}
    try:
        return typst.compile(source, sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses a letter that no font of this machine has. The review is still worth having.
        return typst.compile(source, sys_inputs=inputs)


def review_html(document: Document, bodies: list[str]) -> str:
    """Return one file with nothing outside of it. `bodies` is the inert HTML of each section, in order."""
    style = resources.files("fairlead.papers").joinpath("review.css").read_text("utf-8")
    sections = "\n".join(
        f'<section>\n<h2 dir="auto">{escape(section.title)}</h2>\n{body}</section>'
        for section, body in zip(document.sections, bodies, strict=True)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # The file may be opened from anywhere, so it forbids by itself whatever it does not need.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 dir="auto">{escape(document.title)}</h1>\n<p class="line">{escape(document.line)}</p>\n'
        f'{sections}\n<p class="foot">{_FOOT}</p>\n</main>\n</body>\n</html>\n'
    )


def _content(document: Document) -> dict[str, Any]:
    return {
        "title": " ".join(printable(document.title).split()) or "Review",
        "line": printable(document.line),
        "sections": [
            {"title": printable(section.title), "blocks": _blocks(tree_of(section.markdown), 0)}
            for section in document.sections
        ],
        "foot": _FOOT,
    }


def _blocks(node: SyntaxTreeNode, depth: int) -> list[dict[str, Any]]:
    return [block for child in node.children for block in _block(child, depth)]


def _block(node: SyntaxTreeNode, depth: int) -> list[dict[str, Any]]:
    kind = node.type
    if kind in {"bullet_list", "ordered_list", "blockquote"}:
        return _nested(node, depth)
    block: dict[str, Any] = {"kind": kind}
    if kind == "table":
        block["rows"] = [[_words(cell) for cell in row.children] for row in _rows(node)]
    elif kind in {"fence", "code_block"}:
        block = {"kind": "code", "text": printable(node.content.rstrip("\n"))}
    elif kind != "hr":
        block["level"] = int(node.tag[1:]) if kind == "heading" else 0
        block["words"] = _words(node)
    return [block]


def _nested(node: SyntaxTreeNode, depth: int) -> list[dict[str, Any]]:
    if depth > _DEEPEST:
        inner = [child for item in node.children for child in (item.children or [item])]
        return [block for child in inner for block in _block(child, depth)]
    if node.type == "blockquote":
        return [{"kind": "blockquote", "blocks": _blocks(node, depth + 1)}]
    items = [_blocks(item, depth + 1) for item in node.children]
    return [{"kind": node.type, "items": items, "start": int(node.attrs.get("start", 1))}]


def _rows(table: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [row for part in table.children for row in part.children]


def _words(node: SyntaxTreeNode) -> list[dict[str, Any]]:
    inline = node.children[0].children if node.children else []
    return [_inline(one) for one in inline]


def _inline(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type in _KINDS:
        return {"kind": _KINDS[node.type], "words": [_inline(one) for one in node.children]}
    if node.type == "link":
        address = str(node.attrs.get("href", ""))
        return {"kind": "link", "address": address, "words": [_inline(one) for one in node.children]}
    if node.type == "code_inline":
        return {"kind": "raw", "text": printable(node.content)}
    if node.type in {"softbreak", "hardbreak"}:
        return {"kind": node.type}
    return {"kind": "text", "text": printable(node.content)}
