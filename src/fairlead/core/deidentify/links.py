"""Links that lead to somebody: to their page or picture, or to a change, ticket or message that shows its author."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.declared import Declared
from fairlead.core.deidentify.spot import Spot

URL: Final = re.compile(r"https?://[^\s<>)\]\"'`|]{1,2000}", re.IGNORECASE)
_GATE: Final = re.compile(
    r"(?:github|gitlab|bitbucket|twitter|linkedin|slack|gravatar|keybase|mastodon|hachyderm|fosstodon"
    r"|reddit|discord|zulip|avatar|/x\.com/"
    r"|profile|headshot|twimg|commit|blame|compare|pull|merge_requests|changes|review|diff|issue"
    r"|browse|ticket|story|work_items|incident"
    r"|teams\.microsoft|t\.me|matrix\.to|groups\.google|gitter|/people/|/~|schedules|rota|/c/)",
    re.IGNORECASE,
)
# Tried in this order on the part after "https://"; the first that fits gives the kind.
_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "avatar",
            (
                r"(?:avatars\d?\.githubusercontent\.com|(?:[\w-]{1,30}\.)?gravatar\.com/avatar|(?:ca"
                r"|avatars)\.slack-edge\.com"
                r"|pbs\.twimg\.com/profile_images|cdn\.discordapp\.com/avatars)"
                r"|[^/]{1,100}/.{0,300}(?:avatar|profile[_-]?pic|headshot)"
            ),
        ),
        ("commit", r".{1,300}/(?:commits?|blame|compare)/."),
        (
            "change link",
            (
                r".{1,300}/(?:pulls?|merge_requests|pull-requests|changes|c|reviews?"
                r"|diff)/(?:[\w./+-]{1,80}/)?\d{1,9}"
            ),
        ),
        ("ticket", r".{1,300}/(?:issues?|browse|tickets?|story|work_items|incidents?)/[\w-]{0,20}\d"),
        ("rota", r".{1,300}(?:on-?call|rota|schedules)(?:[/#?-]|\Z)"),
        (
            "message link",
            (
                r"(?:[\w-]{1,40}\.slack\.com/archives/|discord(?:app)?\.com/channels/"
                r"|[\w-]{1,40}\.zulipchat\.com/."
                r"|teams\.microsoft\.com/l/message/|t\.me/|matrix\.to/|groups\.google\.com/."
                r"|gitter\.im/.{1,80}\?at=)"
            ),
        ),
        (
            "handle",
            (
                r"(?:www\.)?(?:(?:github\.com|gitlab\.com|bitbucket\.org|twitter\.com|x\.com|keybase\.io)"
                r"/(?!(?:features|about|pricing|login|topics|explore|orgs|status|search"
                r"|notifications)\b)@?[\w-]{1,39}"
                r"|(?:[\w-]{1,40}\.)?linkedin\.com/in/[\w%-]{1,100}|[\w-]{1,40}\.slack\.com/team/\w{3,20}"
                r"|(?:mastodon|hachyderm|fosstodon)\.\w{2,10}/@\w{1,40}"
                r"|(?:www\.)?reddit\.com/u(?:ser)?/[\w-]{1,40}"
                r"|[\w.-]{1,80}/(?:wiki/)?(?:(?:people|profile)/|~)[\w.@-]{2,60})/?\Z"
            ),
        ),
    )
)


def links(text: str, declared: Declared) -> Iterator[Spot]:
    """Yield the links that lead to somebody. A link to a declared host, and any other link, is left alone."""
    if "://" not in text:
        return
    for found in URL.finditer(text):
        written = found.group().rstrip(".,;:!?*_")
        if _GATE.search(written) is None:
            continue
        rest = written.partition("://")[2]
        kind = next((kind for kind, pattern in _KINDS if pattern.match(rest)), None)
        if kind is not None and not declared.covers_host(rest.partition("/")[0]):
            yield Spot(found.start(), found.start() + len(written), kind)
