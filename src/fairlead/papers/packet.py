"""The packet of a formal path as PDF: plain, dated, with the hash of the file it shows."""

import json
from importlib import resources
from typing import Any, Final

import typst

from fairlead.core.packet import Packet
from fairlead.papers.lettering import printable

_FOOT: Final = "Chosen piece by piece. It recommends nothing. The engineer has read the same pages."
_LETTERS: Final = 32  # of the hash on one line


def packet_pdf(packet: Packet, fingerprint: str) -> bytes:
    """Return the packet as a tagged PDF in A4, the same bytes for the same packet.

    Texts are handed over as data, so that nothing in them is read as markup of the page.
    """
    source = resources.files("fairlead.papers").joinpath("packet.typ").read_bytes()
    inputs = {"packet": json.dumps(_content(packet, fingerprint), ensure_ascii=False)}
    try:
        return typst.compile(source, sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses a letter that no font of this machine has. The packet is still needed.
        return typst.compile(source, sys_inputs=inputs)


def _content(packet: Packet, fingerprint: str) -> dict[str, Any]:
    return {
        "title": "Packet of a formal path",
        "about": [
            ["About", printable(packet.incident)],
            ["Manager", printable(packet.manager)],
            ["Engineer", printable(packet.engineer)],
            ["HR", printable(packet.hr)],
            ["Put together on", _day(packet.made_on)],
            ["Destroyed on", f"{_day(packet.expires_on)}, or when a legal hold on it ends"],
        ],
        "reasons": _paragraphs(packet.reasons),
        "items": [
            {
                "title": printable(item.title),
                "line": ", ".join(part for part in (printable(item.by), item.on) if part),
                "words": _paragraphs(item.words),
                "beside": [_paragraphs(words) for words in item.beside],
            }
            for item in packet.items
        ],
        "hash": [fingerprint[at : at + _LETTERS] for at in range(0, len(fingerprint), _LETTERS)],
        "foot": _FOOT,
    }


def _day(day: Any) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _paragraphs(words: str) -> list[str]:
    return [" ".join(part.split()) for part in printable(words).split("\n") if part.strip()]
