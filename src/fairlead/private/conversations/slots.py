"""The places to write in a case, and whose hand writes in each."""

from fairlead.core.visibility import Act

NOTES = ("concern", "facts", "impact", "person", "systems", "agree")
ACCOUNT = "account"
MESSAGE = "team_message"

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
}
