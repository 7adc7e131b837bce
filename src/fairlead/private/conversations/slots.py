"""The places to write in a case, and whose hand writes in each."""

from fairlead.core.visibility import Act

NOTES = ("concern", "facts", "impact", "person", "systems", "agree")
ACCOUNT = "account"
MESSAGE = "team_message"

WRITTEN_UNDER: dict[str, Act] = {
    **dict.fromkeys(NOTES, Act.WRITE_NOTES),
    ACCOUNT: Act.WRITE_ACCOUNT,
    MESSAGE: Act.DRAFT_MESSAGE,
}
