"""The packet of a formal path: chosen pieces, fixed for good, and known to all three by one hash."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

FORMAT = "fairlead.packet/1"


@dataclass(frozen=True, slots=True)
class Item:
    """One chosen piece: whose words it is, from which day, and what was answered beside it."""

    title: str
    by: str
    on: str
    words: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """What HR gets, and nothing else: the manager's reasons and the chosen pieces, word for word."""

    id: str
    incident: str
    manager: str
    engineer: str
    hr: str
    made_on: date
    expires_on: date
    reasons: str
    items: tuple[Item, ...]


def packet_json(packet: Packet) -> str:
    """Return the packet as its file: the same text for the same packet, readable as it stands."""
    content = {"format": FORMAT, **asdict(packet)}
    content["made_on"], content["expires_on"] = packet.made_on.isoformat(), packet.expires_on.isoformat()
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def packet_from(text: str) -> Packet:
    """Return the packet of a file. Raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(text)
    if content["format"] != FORMAT:
        raise ValueError("This is not a packet.")
    return Packet(
        id=str(content["id"]),
        incident=str(content["incident"]),
        manager=str(content["manager"]),
        engineer=str(content["engineer"]),
        hr=str(content["hr"]),
        made_on=date.fromisoformat(content["made_on"]),
        expires_on=date.fromisoformat(content["expires_on"]),
        reasons=str(content["reasons"]),
        items=tuple(_item(one) for one in content["items"]),
    )


def _item(content: dict[str, Any]) -> Item:
    title, by, on, words = (str(content[name]) for name in ("title", "by", "on", "words"))
    return Item(title, by, on, words, tuple(str(one) for one in content["beside"]))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the file, by which all three know that they hold the same."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
