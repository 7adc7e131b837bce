"""The places to write in a case, and whose hand writes in each."""

import re
import uuid

from fairlead.core.visibility import Act

NOTES = ("concern", "facts", "impact", "person", "systems", "agree")
ACCOUNT = "account"
MESSAGE = "team_message"
GROWTH = "growth"  # what has grown, before it is closed

# What a remark may be about, each shown on a page: the record as a whole or one place in it, the type, the message.
REMARKED_ON: dict[str, frozenset[str]] = {
    "text": frozenset({"record", ACCOUNT, *NOTES}),
    "walk": frozenset({"type"}),
    "message": frozenset({MESSAGE}),
}

WRITTEN_UNDER: dict[str, Act] = {
    **dict.fromkeys(NOTES, Act.WRITE_NOTES),
    ACCOUNT: Act.WRITE_ACCOUNT,
    MESSAGE: Act.DRAFT_MESSAGE,
    GROWTH: Act.CLOSE,
}

# The texts of one check-in: how it went in the engineer's words, the manager's, and how the engineer is. The last one
# is for the two alone: it goes into no packet and no statement.
SAID, NOTED, WELLBEING = "e", "m", "w"
_OF_A_CHECK_IN = re.compile(rf"([{SAID}{NOTED}{WELLBEING}])\.[0-9a-f]{{32}}")


def slot_of(kind: str, checkin: uuid.UUID) -> str:
    """Return the place of one of the three texts of a check-in."""
    return f"{kind}.{checkin.hex}"


def act_for(slot: str) -> Act | None:
    """Return what somebody does who writes in a place, or None where there is no such place."""
    if found := _OF_A_CHECK_IN.fullmatch(slot):
        return Act.WRITE_NOTES if found.group(1) == NOTED else Act.SAY_HOW
    return WRITTEN_UNDER.get(slot)
