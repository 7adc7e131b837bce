"""What was found in a text meant for everybody: where, why it matters, and what to write instead."""

from dataclasses import dataclass
from typing import Final, Literal

from fairlead.core.deidentify.spot import Spot

Level = Literal["direct", "quasi"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a text tells, or helps to tell, who somebody is.

    `start` and `end` are offsets in characters. A `direct` finding names somebody and refuses a write; a `quasi`
    finding narrows down who it was and is shown with a suggestion. `reason` is one sentence; `instead` is a neutral
    wording to put in its place, empty when leaving it out is best.
    """

    start: int
    end: int
    kind: str
    level: Level
    shown: str
    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its level, why it matters (after what was found, in quotation marks), the neutral wording."""

    level: Level
    why: str
    instead: str


KINDS: Final = {
    "name": Kind("direct", "is somebody's name.", "the engineer"),
    "initials": Kind("direct", "looks like somebody's initials.", "the responder"),
    "handle": Kind("direct", "is what somebody is called in chat or on a code host.", "the engineer"),
    "mention": Kind("direct", "calls somebody by their account.", "the engineer"),
    "e-mail": Kind("direct", "is somebody's e-mail address.", "the team's mailbox"),
    "phone": Kind("direct", "is a telephone number.", "the team's number"),
    "employee number": Kind("direct", "is the number of somebody who works here.", "the engineer"),
    "avatar": Kind("direct", "is a picture of somebody, or leads to one.", ""),
    "perhaps a name": Kind(
        "quasi", "may be somebody's name; if it is a product or a team, declare it.", "the engineer"
    ),
    "commit": Kind("quasi", "leads to a commit, and a commit shows its author.", "the change"),
    "change link": Kind("quasi", "leads to a change with its author and reviewers.", "the change"),
    "ticket": Kind("quasi", "leads to a ticket with the people who wrote in it.", "the ticket"),
    "message link": Kind("quasi", "leads to a message with its author.", "a message in the channel"),
    "branch": Kind("quasi", "is a branch, and a branch often tells whose it is.", "the branch of the change"),
    "home path": Kind("quasi", "is a home folder, which is called after somebody.", "~/"),
    "host": Kind("quasi", "is the name of one machine.", "a router, a server or a laptop: what it is for"),
    "address": Kind("quasi", "is the address of one machine.", "an internal address"),
    "rota": Kind("quasi", "can be looked up in the on-call rota.", "the person on call"),
    "gender": Kind("quasi", "tells somebody's gender, which can be enough to know who it was.", "they"),
    "tenure": Kind("quasi", "tells how long somebody has been here.", "the engineer"),
    "place": Kind("quasi", "tells where somebody was.", ""),
    "leave": Kind("quasi", "tells of an absence that colleagues remember.", "not available"),
    "role": Kind(
        "quasi", "is a role that fewer than five people hold.", "a manager or an engineer, in general words"
    ),
    "quote": Kind(
        "quasi", "is word for word, so a search finds who wrote it.", "what was said, in other words"
    ),
}


def finding(text: str, spot: Spot) -> Finding:
    """Return the finding for a spot of `text`, with its level, reason and neutral wording."""
    kind = KINDS[spot.kind]
    shown = text[spot.start : spot.end]
    return Finding(
        spot.start,
        spot.end,
        spot.kind,
        kind.level,
        shown,
        f"“{shown}” {kind.why}",
        spot.instead or kind.instead,
    )
