"""Markdown of the commons as inert HTML: our own list of what may stand in it, and nothing that loads or runs."""

from typing import Final

import nh3
from markupsafe import Markup

from fairlead.papers.prose import PARSER, SCHEMES, tokens_of

_TAGS: Final = {
    *("p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6"),
}
_ATTRIBUTES: Final = {"*": set[str](), "a": {"href"}, "ol": {"start"}}
_DEEPEST_HEADING: Final = 6


def as_html(text: str) -> Markup:
    """Return Markdown as HTML to stand under a heading of the second level.

    No HTML of the text itself, no picture (it would tell its server who reads), no style; links leave with a `rel`.
    """
    tokens = list(tokens_of(text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST_HEADING, int(token.tag[1:]) + 2)}"
    drawn = PARSER.renderer.render(tokens, PARSER.options, {})
    return Markup(  # noqa: S704 - cleaned here, by our own list
        nh3.clean(
            drawn,
            tags=set(_TAGS),
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer nofollow",
        )
    )
