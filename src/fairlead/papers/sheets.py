"""The preparation as plain Markdown: readable as it stands, in any editor, under stress."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from fairlead.core.conversation import STATEMENT_LINE
from fairlead.core.playbook.schema import Line, Movement
from fairlead.core.preparation import Preparation


def statement_md(preparation: Preparation) -> str:
    """Return the statement to say aloud, with both endings."""
    return _joined(
        f"# {preparation.title}",
        preparation.when,
        "## Say this once, calmly, and then stop",
        _statement(preparation),
        "## If they clearly know",
        *_quoted(preparation.clearly_know),
        "## If it has not reached them yet",
        *_quoted(preparation.not_yet_grasped),
        *_still_open(preparation),
        *_assumptions(preparation),
    )


def preparation_md(preparation: Preparation) -> str:
    """Return everything to read before going in, the most urgent first."""
    own = preparation.own_state
    return _joined(
        f"# Before you go in: {preparation.title}",
        preparation.when,
        "**Only five minutes?** Read statement.md aloud once, take card.pdf with you, and go in. Everything else is "
        "here, the most urgent first.",
        "## First, a quarter of an hour for yourself",
        "Tell them when you will be there. Then leave the screen.",
        _list(own.breathing),
        "Three questions, answered for yourself alone:",
        _list(question.text for question in own.questions),
        f"If one of them says “not yet”: {own.not_yet[:1].lower()}{own.not_yet[1:]}",
        "## The first thing you say",
        *_quoted(preparation.first_lines),
        "## The honest size of it",
        _statement(preparation),
        "What to say after it, one way or the other, is in statement.md.",
        *_still_open(preparation),
        "## Have with you",
        _list(preparation.bring),
        "## The six movements",
        *(part for movement in preparation.movements for part in _movement(movement)),
        "## Five things that do harm now",
        *(
            part
            for trap in preparation.traps
            for part in (
                f"### {trap.title}",
                trap.does_to_people,
                f"Instead: {trap.instead}",
                *_quoted(trap.say),
            )
        ),
        "## If you worry about their safety",
        *_quoted(preparation.wellbeing.self_harm[:1]),
        _list(preparation.wellbeing.self_harm_steps),
        preparation.wellbeing.limits,
        "## Afterwards",
        "The next talks, on working days. They are in check-ins.ics as “1:1”; move them as you both like.",
        _list(_phases(preparation)),
        "The message to the team is drafted in team-draft.md. It goes out after the talk, never before.",
        *_assumptions(preparation),
        f"Words: {preparation.playbook}.",
    )


def team_draft_md(preparation: Preparation) -> str:
    """Return the draft for the team, and how to hold the meeting. It names nobody."""
    team = preparation.team
    return _joined(
        "# For the team, after the talk",
        "The engineer reads this first and can ask for changes. Fill in what stands in [brackets]. The sentence about "
        "customers comes from your own text: check that it names nobody.",
        "---",
        preparation.team_draft,
        "---",
        "## In the meeting",
        *_quoted(team.talking_points),
        "## When somebody asks",
        *_quoted((team.who_did_it, team.what_leadership_line)),
        "## Do",
        _list(team.dos),
        "## Do not",
        _list(team.donts),
    )


def _movement(movement: Movement) -> Iterator[str]:
    yield f"### {movement.number}. {movement.title}"
    yield movement.purpose
    # The statement stands further up already, and once is enough.
    yield from _quoted(line for line in movement.opening if line.id != STATEMENT_LINE)
    if movement.asks:
        yield "Then, as it fits:"
        yield _list(_words(line) for line in movement.asks)
    if movement.replies:
        yield "If it comes to that:"
        yield _list(_words(line) for line in movement.replies)
    yield "Listen for:"
    yield _list(movement.listen_for)
    yield "Not:"
    yield _list(movement.avoid)


def _still_open(preparation: Preparation) -> Iterator[str]:
    if preparation.still_open:
        yield "## Still open"
        yield _list(preparation.still_open)


def _assumptions(preparation: Preparation) -> Iterator[str]:
    if preparation.assumptions:
        yield "## Where the figure comes from"
        yield _list(
            one.text if one.value in one.text else f"{one.text} ({one.value})"
            for one in preparation.assumptions
        )


def _statement(preparation: Preparation) -> str:
    """Return the statement with one sentence a line: each line end is a breath."""
    return "  \n".join(preparation.statement)


def _phases(preparation: Preparation) -> Iterator[str]:
    for title, group in groupby(preparation.check_ins, key=lambda one: (one.title, one.question)):
        days = ", ".join(f"{one.day:%a} {one.day.day} {one.day:%b}" for one in group)
        yield f"{title[0]} ({days}): {title[1]}"


def _words(line: Line) -> str:
    return f"{line.note}: “{line.text}”" if line.note else f"“{line.text}”"


def _quoted(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield f"> {line.text}" + (f"  \n> *({line.note})*" if line.note else "")


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _joined(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
