"""Markdown of the commons is inert: nothing in it runs, loads, or leads anywhere but to the web."""

import re

import pytest

from fairlead.commons.markdown import as_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=https://evil.example/beacon.png onerror=alert(1)>",
    "![beacon](https://evil.example/beacon.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<a href=https://evil.example style=position:fixed>x</a>",
    "<style>body{background:url(https://evil.example)}</style>",
    "<iframe src=https://evil.example></iframe>",
    "<form action=https://evil.example><input name=password></form>",
    "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "| a | b |\n|:-:|--:|\n| <b onclick=x>c</b> | d |",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '[x](https://a.example "onmouseover=alert(1)")',
    '<https://a.example/"onmouseover=alert(1)>',
    '[x](https://a.example" onmouseover="alert(1))',
]
ALLOWED = re.compile(
    r"</?(?:p|strong|em|s|code|pre|blockquote|ul|ol|li|table|thead|tbody|tr|th|td|h[3-6])>|<(?:br|hr)>|</a>"
    r"|<a href=\"(?:https?|mailto):[^\"<>]*\" rel=\"noopener noreferrer nofollow\">|<ol start=\"\d+\">"
)


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_but_our_own_tags_is_left(text):
    left = ALLOWED.sub("", str(as_html(text)))
    assert "<" not in left, left


def test_what_people_write_is_drawn():
    drawn = as_html(
        "# Head\n\n###### Deep\n\nA **b** *c* ~~d~~ `e` [f](https://f.example) [g](mailto:g@h.example)\\\nnext\n\n"
        "3. one\n\n- two\n\n> said\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    for piece in (
        "<h3>Head</h3>",
        "<h6>Deep</h6>",
        "<strong>b</strong>",
        "<em>c</em>",
        "<s>d</s>",
        "<code>e</code>",
        '<a href="https://f.example" rel="noopener noreferrer nofollow">f</a>',
        '<a href="mailto:g@h.example" rel="noopener noreferrer nofollow">g</a>',
        "<br>",
        '<ol start="3">',
        "<blockquote>",
        "<hr>",
        "<td>2</td>",
    ):
        assert piece in drawn


def test_a_picture_stays_as_the_words_that_describe_it():
    assert as_html("See ![the graph](https://x.example/g.png).") == "<p>See the graph.</p>\n"


def test_text_that_runs_from_right_to_left_comes_through():
    assert "שלום" in as_html("שלום **עולם**")
