"""The packet as PDF: tagged, the same every time, and whatever people wrote is text."""

import re
import zlib
from dataclasses import replace

import pytest

from fairlead.core.packet import Item, fingerprint, packet_json
from fairlead.papers.packet import packet_pdf
from tests.core.test_packet import PACKET

HASH = fingerprint(packet_json(PACKET))


def test_it_is_tagged_and_the_same_every_time():
    pdf = packet_pdf(PACKET, HASH)
    assert pdf == packet_pdf(PACKET, HASH)
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


def test_its_structure_can_be_read_aloud_heading_by_heading():
    pdf = packet_pdf(PACKET, HASH)
    inflated = b"".join(
        _inflated(packed) for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    )
    tags = re.findall(rb"/S\s*/(\w+)", pdf + inflated)
    assert tags.count(b"H1") == 1
    assert tags.count(b"H2") == len(PACKET.items) + 2, (
        "the reasons, each piece, and how to know that it is the same"
    )
    assert tags.count(b"P") >= len(PACKET.items) + 2
    assert b"/Lang" in pdf + inflated


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""


@pytest.mark.parametrize(
    "words", ["#panic()", "= Heading\n$x$ `code` @ref <label>", "", "🙂 \x00 ﷽", "w" * 20_000]
)
def test_whatever_people_wrote_is_set_as_text(words):
    odd = replace(PACKET, reasons=words, items=(Item(words or "-", words, "", words, (words,)),))
    assert packet_pdf(odd, HASH).startswith(b"%PDF")
