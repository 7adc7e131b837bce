"""What `fairlead prove init` asks. What was given as a flag is not asked."""

import argparse
from pathlib import Path

from fairlead.cli.asking import AgainError, Asker
from fairlead.guard.proofs.writing import Answers

_FIXTURES = {
    "good": "Where is the good change: one that the safeguard must let through? (a file or directory)",
    "bad": "Where is the bad change, the one that broke things?",
    "malformed": "Where is malformed input, to see that the check is awake?",
}


def ask(args: argparse.Namespace) -> Answers:
    """Return the answers, from flags and from questions."""
    asker = Asker()
    proof_id = (
        args.words[1]
        if len(args.words) > 1
        else asker.ask("A short id for it?", default="", shown="", read=str)
    )
    fixtures = {}
    for name, question in _FIXTURES.items():
        path = getattr(args, name) or asker.ask(question, default=None, shown="later", read=_existing)
        if path:
            fixtures[name] = path
    return Answers(
        id=proof_id,
        title=_text(asker, args.title, "What does the safeguard keep from happening again?"),
        adapter=args.adapter
        or asker.ask(
            "What kind of check is it: command, pytest or routing-loop?",
            default="command",
            shown="command",
            read=_adapter,
        ),
        reason=_text(asker, args.reason, "What must its output hold when it refuses? (a pattern)"),
        owner=_text(asker, args.owner, "Which role or team keeps the safeguard?"),
        revision=_text(asker, args.revision, "A revision from before the safeguard?"),
        improvement=_text(
            asker, args.improvement, "Which improvement does it prove? (its page shows the id)"
        ),
        fixtures=fixtures,
    )


def _text(asker: Asker, given: str | None, question: str) -> str:
    return given if given is not None else asker.ask(question, default="", shown="later", read=str)


def _existing(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise AgainError(f"{text} is not there. Another path, or Enter for later.")
    return path


def _adapter(text: str) -> str:
    if text not in {"command", "pytest", "routing-loop"}:
        raise AgainError("One of command, pytest and routing-loop.")
    return text
