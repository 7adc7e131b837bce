"""The card is one sheet, the same every time, and no text that people wrote can break it."""

import dataclasses
import io
from datetime import UTC, date, datetime

import pypdf
import pytest
import typst

from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.playbook.reader import load_default
from fairlead.core.preparation import Facts, prepare
from fairlead.papers import card
from fairlead.papers.card import card_pdf

FACTS = Facts(
    title="Routing loop on the shop’s path",
    customer_saw="nobody could pay",
    zone="Europe/Berlin",
    talk_on=date(2026, 11, 19),
    started=datetime(2026, 11, 19, 13, 27, tzinfo=UTC),
    resolved=datetime(2026, 11, 19, 14, 32, tzinfo=UTC),
    cost=Cost("USD", None, 16_500_000),
    support=Step.HEAVY,
)
PLAYBOOK = load_default()


def made(**changed):
    pdf = card_pdf(prepare(dataclasses.replace(FACTS, **changed), PLAYBOOK))
    return pypdf.PdfReader(io.BytesIO(pdf))


def words(reader, page):
    return " ".join(reader.pages[page].extract_text().split())


def test_the_front_has_six_movements_and_the_back_the_size_of_it():
    reader = made()
    front, back = words(reader, 0), words(reader, 1)
    for movement in prepare(FACTS, PLAYBOOK).movements:
        assert movement.glance in front
    assert "How are you doing right now?" in front
    assert "nobody could pay" in back
    assert "about USD 180,000" in back.replace("\u00a0", " ")
    assert "I am not going to pile on." in back
    for trap in PLAYBOOK.traps:
        assert trap.title in back
    assert "Monday 23 November?" in back


def test_it_is_one_a4_sheet_tagged_and_titled():
    reader = made()
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == FACTS.title


def test_the_same_preparation_gives_the_same_bytes():
    assert card_pdf(prepare(FACTS, PLAYBOOK)) == card_pdf(prepare(FACTS, PLAYBOOK))


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") #read("/etc/passwd") $x$ *b* _i_ `r` <l> @ref \\ " = heading',
        "\u0627\u0644\u0645\u062a\u062c\u0631 \u0644\u0627 \u064a\u0639\u0645\u0644 and back \u05e9\u05dc\u05d5\u05dd",
        "\U0001f648\U0001f525 smoke \u26a0\ufe0f",
        "\U0001f648",
        "line one\nline two\x00\x1b[31m\u202e",
        "w" * 3000,
        "word " * 700,
        "",
    ],
    ids=["markup", "right to left", "emoji", "only emoji", "control", "one long word", "many words", "empty"],
)
def test_no_text_breaks_it(text):
    reader = made(title=text, customer_saw=text[:240])
    assert len(reader.pages) == 2


def test_what_looks_like_markup_is_printed_as_it_stands():
    assert '#panic("x") *now*' in words(made(title='#panic("x") *now*'), 0)


def test_with_nothing_known_it_is_still_a_card():
    reader = made(started=None, resolved=None, cost=None, support=None)
    assert len(reader.pages) == 2


def test_without_a_next_day_the_box_asks_for_one():
    prepared = dataclasses.replace(prepare(FACTS, PLAYBOOK), check_ins=())
    assert "The next talk is fixed." in words(pypdf.PdfReader(io.BytesIO(card_pdf(prepared))), 1)


def test_a_letter_that_no_font_has_does_not_stop_the_card(monkeypatch):
    asked = []

    def compiled(source, **options):
        asked.append(options.get("pdf_standards"))
        if options.get("pdf_standards"):
            raise typst.TypstError("the text could not be displayed")
        return b"%PDF"

    monkeypatch.setattr(card.typst, "compile", compiled)
    assert card_pdf(prepare(FACTS, PLAYBOOK)) == b"%PDF"
    assert asked == [["ua-1"], None]
