"""The conversation card as PDF: one sheet to hold, six movements in front, the size of it on the back."""

import json
import re
from importlib import resources
from typing import Any, Final

import typst

from fairlead.core.playbook.schema import Line, Movement
from fairlead.core.preparation import Preparation
from fairlead.papers.lettering import printable

_LONGEST_TITLE: Final = 110
_SAID: Final = 3  # opening lines that fit under the words to glance at
_WORDS: Final = {
    "avoid": "Not",
    "size": "The honest size of it, said once",
    "traps": "Five things that do harm now",
    "leaving": "Before you both leave the room",
    "worried": "If you worry about their safety",
}
_LEAVING: Final = (
    "Promises on both sides, each with a day.",
    "They say in their own words what was agreed.",
)
_AMOUNT: Final = re.compile(r"\b([A-Z]{3}) (?=\d)")
_UNTITLED: Final = "The talk"
_ON_THE_BACK: Final = "Then the size of it, from the back of this card. Once."


def card_pdf(preparation: Preparation) -> bytes:
    """Return the card as a tagged PDF of two A4 sides, the same bytes for the same preparation.

    Letters that the built-in typeface lacks come from the fonts of the machine. Texts are handed over as
    data, so that nothing in them is read as markup.
    """
    source = resources.files("fairlead.papers").joinpath("card.typ").read_bytes()
    inputs = {"card": json.dumps(_content(preparation), ensure_ascii=False)}
    try:
        return typst.compile(source, sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses a letter that no font of this machine has. The card is still worth having.
        return typst.compile(source, sys_inputs=inputs)


def _content(preparation: Preparation) -> dict[str, Any]:
    next_talk = preparation.check_ins[0].day if preparation.check_ins else None
    day = f"{next_talk:%A} {next_talk.day} {next_talk:%B}" if next_talk else ""
    worried = preparation.wellbeing
    return {
        "title": _cut(_readable(preparation.title)) or _UNTITLED,
        "when": " · ".join(words for words in (preparation.when, preparation.duration) if words),
        "movements": [_movement(movement) for movement in preparation.movements],
        "statement": _AMOUNT.sub(
            "\\1\u00a0", _readable(" ".join(preparation.statement))
        ),  # an amount is not torn apart
        "endings": [
            {"title": "They clearly know:", "lines": _texts(preparation.clearly_know)},
            {"title": "It has not reached them yet:", "lines": _texts(preparation.not_yet_grasped)},
        ],
        "traps": [
            {"title": trap.title, "instead": _first_sentence(trap.instead)} for trap in preparation.traps
        ],
        "leaving": [*_LEAVING, f"The next talk is fixed. {day}?" if day else "The next talk is fixed."],
        "worried": [
            f"“{worried.self_harm[0].text}”",
            *worried.self_harm_steps[:1],
            *worried.self_harm_steps[2:4],
        ],
        "footer": "Prepared with Fairlead. It names nobody. Take it with you when you leave.",
        "words": _WORDS,
    }


def _movement(movement: Movement) -> dict[str, Any]:
    lines = _texts(movement.opening)
    then = ""
    if movement.key == "impact":
        lines, then = lines[:1], _ON_THE_BACK
    elif movement.key == "agree":
        # The general line comes last there, after those about the type; on paper it comes first.
        lines = [lines[-1], *lines[:1]]
    return {
        "number": movement.number,
        "glance": movement.glance,
        "say": lines[:_SAID],
        "then": then,
        "avoid": movement.avoid[-1] if movement.key == "agree" else movement.avoid[0],
    }


def _readable(text: str) -> str:
    """Return text on one line, without what nobody says aloud and few machines can print."""
    return " ".join(printable(text).split())


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rstrip() + "…"
