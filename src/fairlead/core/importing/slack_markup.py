"""Slack's markup as plain words: <@U…>, <#C…|name>, <!here>, <url|label> and the three escaped characters.

Reference: https://api.slack.com/reference/surfaces/formatting ("Retrieving messages").
"""

import re
from collections.abc import Mapping
from typing import Final

from fairlead.core.importing.documents import Record, inside, many, words

_LINK: Final = re.compile(r"<([^<>\s][^<>\n]{0,2000})>")
_ENTITY: Final = re.compile(r"&(amp|lt|gt);")
_MENTIONS: Final = {"user": ("@", "user_id"), "channel": ("#", "channel_id"), "broadcast": ("!", "range")}
_NO_WORDS: Final = frozenset({"actions", "button", "image", "divider", "input"})
_DEEPEST: Final = 6  # blocks hold lists that hold sections that hold words
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">"}


def plain_words(text: str, *, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Return a message as it is shown. `people` and `channels` give names for ids; an unknown id stays."""

    def shown(found: re.Match[str]) -> str:
        target, _bar, label = found[1].partition("|")
        kind, rest = target[:1], target[1:]
        if kind == "@":
            return "@" + (people.get(rest) or label or rest).lstrip("@")
        if kind == "#":
            return "#" + (channels.get(rest) or label or rest).lstrip("#")
        if kind == "!":
            return _command(rest, label)
        address = target.removeprefix("mailto:").removeprefix("tel:")
        return f"{label} ({address})" if label and label != address else address

    # Markup first and each entity once: "&amp;lt;" was typed as "&lt;" and is shown so.
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], _LINK.sub(shown, text))


def block_words(record: Record) -> str:
    """Return the words of a message's blocks, a block a line; bots may write nothing else."""
    lines = (_words_in(block, _DEEPEST) for block in many(record, "blocks"))
    return "\n".join(line for line in lines if line)


def _words_in(part: Record, deeper: int) -> str:
    kind = words(part, "type")
    if kind in _NO_WORDS or not deeper:
        return ""
    if kind in _MENTIONS:
        sign, key = _MENTIONS[kind]
        return f"<{sign}{words(part, key)}>"
    if kind == "emoji":
        return f":{words(part, 'name')}:"
    said = words(part, "text") or (words(part, "url") if kind == "link" else "")
    inner = [_words_in(inside(part, "text"), deeper - 1)] if not said else [said]
    inner += [_words_in(one, deeper - 1) for one in (*many(part, "fields"), *many(part, "elements"))]
    glue = "" if kind == "rich_text_section" else " "
    return glue.join(one for one in inner if one)


def _command(rest: str, label: str) -> str:
    if label:
        return label
    name = rest.partition("^")[0]
    return "@" + name if name in {"here", "channel", "everyone"} else name
