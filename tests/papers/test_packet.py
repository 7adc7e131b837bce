"""The packet as PDF: tagged, the same every time, and whatever people wrote is text."""

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


@pytest.mark.parametrize(
    "words", ["#panic()", "= Heading\n$x$ `code` @ref <label>", "", "🙂 \x00 ﷽", "w" * 20_000]
)
def test_whatever_people_wrote_is_set_as_text(words):
    odd = replace(PACKET, reasons=words, items=(Item(words or "-", words, "", words, (words,)),))
    assert packet_pdf(odd, HASH).startswith(b"%PDF")
