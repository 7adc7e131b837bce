"""The engineer's copy: what they wrote and what was promised, as a plain text to keep."""

from fairlead.private.cases.door import OpenCase
from fairlead.private.cases.selectors import the_two
from fairlead.private.checkins.selectors import checkins_of, read_checkin, signals_of
from fairlead.private.conversations.selectors import remarks_of, text_of
from fairlead.private.conversations.slots import ACCOUNT
from fairlead.private.promises.selectors import ledger_of

_MINE = "engineer"


def own_words(opened: OpenCase) -> str:
    """Return everything of this talk that the engineer wrote, and the promises both ways, as text."""
    two, incident = the_two(opened.case), opened.case.incident
    about = f", about “{incident.title}”" if incident else ""
    parts = [
        f"Our talk{about}\n{two.engineer} and {two.manager}\n\nThis copy is yours alone. Nobody else has it."
    ]
    parts += _titled("My account", [text_of(opened, ACCOUNT).words])
    parts += _titled(
        "What I added or saw differently",
        [f"{one.at:%-d %B %Y}: {one.words}" for one in remarks_of(opened) if one.role == _MINE],
    )
    parts += _titled("Promises, both ways", [_promise(one.entry, one.evidence) for one in ledger_of(opened)])
    for row in checkins_of(opened):
        read = read_checkin(opened, row)
        work = [one.words for one in read.work if one.role == _MINE]
        parts += _titled(f"Check-in on {row.day:%-d %B %Y}", [read.said.words, read.wellbeing.words, *work])
    parts += _titled("What was seen", [line for one in signals_of(opened) for line in _seen(one)])
    return "\n\n\n".join(parts) + "\n"


def _titled(title: str, texts: list[str]) -> list[str]:
    written = [text.strip() for text in texts if text.strip()]
    return ["\n\n".join([title.upper(), *written])] if written else []


def _promise(entry: object, evidence: str) -> str:
    when = f"by {entry.due:%-d %B %Y}" if entry.due else entry.cadence  # type: ignore[attr-defined]
    state = entry.state.value.replace("_", " ")  # type: ignore[attr-defined]
    said = f"The {entry.owed_by.value}: {entry.words} ({when}; {state})"  # type: ignore[attr-defined]
    return "\n".join(part for part in (said, evidence) if part)


def _seen(signal: object) -> list[str]:
    mine = [signal.words] if signal.role == _MINE else []  # type: ignore[attr-defined]
    answers = [reply.words for reply in signal.replies if reply.role == _MINE]  # type: ignore[attr-defined]
    day = f"{signal.seen_on:%-d %B %Y}"  # type: ignore[attr-defined]
    return [f"{day}: {words}" for words in (*mine, *answers)]
