"""The packet's file: the same text for the same packet, and back again."""

import json
from datetime import date

import pytest

from fairlead.core.packet import Item, Packet, fingerprint, packet_from, packet_json

PACKET = Packet(
    id="a",
    incident="Routing loop",
    manager="M",
    engineer="E",
    hr="H",
    made_on=date(2026, 11, 25),
    expires_on=date(2027, 11, 24),
    reasons="It came again – “ñ”.",
    items=(Item("Account", "E", "25 November 2026", "Words\nand more", ("E adds: no",)),),
)


def test_a_packet_comes_back_from_its_file_as_it_was():
    assert packet_from(packet_json(PACKET)) == PACKET


def test_the_file_is_readable_and_the_same_every_time():
    text = packet_json(PACKET)
    assert text == packet_json(packet_from(text))
    assert "“ñ”" in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_one_letter_changes_the_fingerprint():
    text = packet_json(PACKET)
    assert len(fingerprint(text)) == 64
    assert fingerprint(text) != fingerprint(text.replace("again", "Again"))


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="not a packet"):
        packet_from('{"format": "something/else"}')
