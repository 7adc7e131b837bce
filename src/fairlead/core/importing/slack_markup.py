"""Slack's markup as plain words: <@U…>, <#C…|name>, <!here>, <url|label> and the three escaped characters.

Reference: https://api.slack.com/reference/surfaces/formatting ("Retrieving messages").
"""

import re
from collections.abc import Mapping
from typing import Final

_LINK: Final = re.compile(r"<([^<>\s][^<>\n]{0,2000})>")
_ENTITY: Final = re.compile(r"&(amp|lt|gt);")
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


def _command(rest: str, label: str) -> str:
    if label:
        return label
    name = rest.partition("^")[0]
    return "@" + name if name in {"here", "channel", "everyone"} else name
