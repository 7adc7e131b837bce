"""Direct identifiers that their own form gives away: e-mail addresses, mentions and pictures of somebody."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.tasks import is_mailbox_of_task, is_task
from fairlead.core.deidentify.words import word_list

if TYPE_CHECKING:  # it reads networks, and the linter has nothing declared
    from fairlead.core.deidentify.declared import Declared

_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,256}@(?:[\w-]{1,63}\.){1,6}(?P<last>[^\W\d_]{2,24})(?![\w-])"
)
_FILES: Final = word_list("file_endings")
# Slack's own form, and "@name" where neither a package ("@scope/name") nor a call follows.
_SLACK: Final = re.compile(r"<@[UW][A-Z0-9]{5,20}(?:\|[^>\n]{0,80})?>")
_MENTION: Final = re.compile(
    r"(?<![\w@/.:`=&?%-])@(?P<who>[^\W_][\w-]{0,38}(?:\.[\w-]{1,38})?)(?!\.?\w|[/(@])"
)
_EVERYBODY: Final = word_list("not_mentioned")
_PICTURE: Final = re.compile(
    r"!\[[^\]\[\n]{0,80}\b(?:avatar|(?:photo|picture) of|headshot|portrait|selfie"
    r"|profile picture)\b[^\]\n]{0,80}\]\([^)\n]{1,300}\)"
    r"|\b(?:avatar|profile_image|image_\d{2,3})(?:_url)?[\"']?\s?[:=]\s?[\"']?[^\s\"',]{3,300}"
    r"|(?<![\w-])[\w-]{0,60}?(?:avatar|headshot)[\w-]{0,60}\.(?:png|jpe?g|gif|webp)\b",
    re.IGNORECASE,
)
_PICTURE_WORDS: Final = (
    "avatar",
    "photo of",
    "picture of",
    "headshot",
    "portrait",
    "selfie",
    "profile",
    "image_",
)


def contacts(text: str, lowered: str, declared: "Declared | None" = None) -> Iterator[Spot]:
    """Yield e-mail addresses, mentions and pictures; mailboxes and mentions of a task are left alone.

    `lowered` is `text` in lower case.
    """
    if any(word in lowered for word in _PICTURE_WORDS):
        yield from (Spot(m.start(), m.end(), "avatar") for m in _PICTURE.finditer(text))
    if "@" not in text:
        return
    for found in _EMAIL.finditer(text):
        address = found.group()
        covered = declared.covers_mailbox(address) if declared else is_mailbox_of_task(address.lower())
        if found["last"].lower() not in _FILES and not covered:
            yield Spot(found.start(), found.end(), "e-mail")
    yield from (Spot(m.start(), m.end(), "mention") for m in _SLACK.finditer(text))
    words = declared.plain_words() if declared else ()
    for found in _MENTION.finditer(text):
        who = found["who"].lower()
        if who not in _EVERYBODY and who not in words and not who.isdigit() and not is_task(who):
            yield Spot(found.start(), found.end(), "mention")
