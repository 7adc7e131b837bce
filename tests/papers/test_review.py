"""A review on paper: tagged, the same bytes each time, and no text can break it or be read as markup."""

import io
import re

import pypdf
import pytest
import typst

from fairlead.core.review.document import Document, Written
from fairlead.papers import review
from fairlead.papers.review import review_html, review_pdf

TEXT = """A paragraph with **bold**, *slanted*, ~~gone~~, `code` and [a link](https://a.example/b).\\
The next line
and a soft one.

# A heading of their own

3. three
4. four
   - inside

> said

```
some <code>
```

    indented

---

| Time | What |
|---|---|
| 14:27 | **The** change |

| A | B | C |
|---|---|---|
| 1 | 2 | 3 |
"""


def document(*texts: str, title: str = "Routing loop") -> Document:
    return Document(
        title, "A line", tuple(Written(f"k{n}", f"Part {n}", text) for n, text in enumerate(texts))
    )


def words(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages).split())


def test_everything_that_markdown_says_stands_on_the_page():
    told = words(review_pdf(document(TEXT)))
    for piece in (
        "Routing loop",
        "A line",
        "Part 0",
        "bold",
        "slanted",
        "gone",
        "code",
        "a link",
        "The next line",
        "A heading of their own",
        "3. three",
        "inside",
        "said",
        "some <code>",
        "indented",
        "14:27",
        "change",
        "1 of 1",
    ):
        assert piece in told, piece


def test_it_is_tagged_titled_and_the_same_every_time():
    made = review_pdf(document(TEXT))
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert reader.metadata.title == "Routing loop"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert made == review_pdf(document(TEXT))


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") #read("/etc/passwd") $x$ <l> @ref \\ " = heading ] } #let x = 1',
        "\u0627\u0644\u0645\u062a\u062c\u0631 \u0644\u0627 and back \u05e9\u05dc\u05d5\u05dd\u202e",
        "\U0001f648\U0001f525 smoke \u26a0\ufe0f\x00\x1b[31m",
        "w" * 3000,
        "word " * 3000,
        "> " * 60 + "deep",
        "\n".join("  " * depth + "- deep" for depth in range(40)),
        "| a |\n|---|\n" + "| b |\n" * 300,
        "|a|b|\n|-|-|",
        "[](https://a.example)",
        "![only a picture](https://evil.example/x.png)",
        "",
    ],
    ids=[
        "markup",
        "right to left",
        "emoji",
        "one long word",
        "long",
        "quotes",
        "lists",
        "long table",
        "no rows",
        "empty link",
        "picture",
        "empty",
    ],
)
def test_no_text_breaks_it(text):
    made = review_pdf(document(text, "After it.", title=text[:80]))
    assert "After it." in words(made)


def test_a_picture_is_its_words_and_loads_nothing():
    made = review_pdf(document("See ![only a picture](https://evil.example/x.png)."))
    assert "See only a picture." in words(made)
    assert b"/Subtype/Image" not in made
    assert b"evil.example" not in made


@pytest.mark.parametrize("address", ["ftp://a.example/x", "javascript:alert(1)", "//a.example", "tel:1"])
def test_only_the_web_and_mailboxes_can_be_reached_by_a_link(address):
    assert "[here]" in words(review_pdf(document(f"[here]({address})")))
    assert "[here]" not in words(review_pdf(document("[here](https://a.example)")))


def test_what_looks_like_markup_of_the_page_is_printed_as_it_stands():
    assert '#panic("x") $y$' in words(review_pdf(document('#panic("x") $y$')))


def test_a_letter_that_no_font_has_does_not_stop_it(monkeypatch):
    asked = []

    def compiled(source, **options):
        asked.append(options.get("pdf_standards"))
        if options.get("pdf_standards"):
            raise typst.TypstError("the text could not be displayed")
        return b"%PDF"

    monkeypatch.setattr(review.typst, "compile", compiled)
    assert review_pdf(document("x")) == b"%PDF"
    assert asked == [["ua-1"], None]


def test_the_html_file_needs_nothing_from_elsewhere_and_titles_are_inert():
    made = review_html(document("x", title="<script>alert(1)</script>"), ["<p>x</p>\n"])
    assert "<script" not in made
    assert "&lt;script&gt;" in made
    assert "default-src 'none'" in made
    assert not re.search(r"(?:src|href|url)\s*[=(]", made)
