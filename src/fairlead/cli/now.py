"""`fairlead now`: from "my engineer is outside" to a folder with everything for the talk, on this machine alone.

Django, the paper and the calendar are imported after the questions, so that the first one comes at once.
"""

import argparse
import json
import os
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fairlead.cli import exits
from fairlead.cli.asking import Asker
from fairlead.cli.terminal import styled

if TYPE_CHECKING:
    from fairlead.cli.folder import Folder
    from fairlead.cli.now_answers import Answers
    from fairlead.core.preparation import Preparation
    from fairlead.core.talkfile import TalkFile

NAME: Final = "now"
HELP: Final = "prepare the talk you are about to have; needs no server"
EXAMPLES: Final = """\
examples:
  fairlead now
  fairlead now "The shop was down from 14:27 to 15:32" --rate "USD 165k" --team-size 7 --zone Europe/Berlin
  fairlead now outage.md --yes --out talk
  pbpaste | fairlead now - --json

It asks only for what the text does not say. Nothing leaves this machine, and nothing about a person is kept.
A folder that only you can open gets: statement.md, preparation.md, card.pdf, team-draft.md, check-ins.ics and
talk.json, which a Fairlead server can adopt later.

exit codes: 0 done, 1 refused (something is in the way), 2 a wrong command line or an error, 130 stopped"""

_WELCOME: Final = """\
Five short questions, then everything you need for the talk.
Nothing leaves this machine. Enter takes what stands in [brackets], Ctrl+C stops."""
_WIDEST: Final = 100
_WHAT: Final = "1 of 5  What happened? One sentence, the name of a file, or paste what you have."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "text", nargs="*", metavar="TEXT|FILE|-", help="what happened: words, a file, or - for stdin"
    )
    parser.add_argument("--since", metavar="TIME", help="when it started: 14:27, or 2026-11-19 14:27")
    parser.add_argument("--until", metavar="TIME", help="when it was over")
    cost = parser.add_mutually_exclusive_group()
    cost.add_argument("--cost", metavar="MONEY", help="what it cost: “USD 180k”, or “USD 120k to 200k”")
    cost.add_argument("--rate", metavar="MONEY", help="what an hour brings in: “USD 165k”")
    parser.add_argument("--zone", help="whose time zone: Europe/Berlin, UTC, CET")
    parser.add_argument("--team-size", metavar="N", help="how many people are in the team")
    parser.add_argument("--title", help="what to call it; name nobody")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="the folder to make (fairlead-now-DATE-TIME here)"
    )
    parser.add_argument(
        "--yes", action="store_true", help="ask nothing; take what the text says and the defaults"
    )
    parser.add_argument("--json", action="store_true", help="ask nothing; print what was made as JSON")


def run(args: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    asker = Asker(screen=sys.stderr) if args.json else Asker()
    quiet = args.yes or args.json
    said = ""
    if not args.text:
        if quiet:
            return _problem("say what happened: fairlead now “The shop was down …” --yes, or name a file.")
        asker.say(_WELCOME)
        try:
            said = asker.ask(_WHAT, default="", shown="", read=str, paste=True)
        except KeyboardInterrupt:
            asker.say("", "Stopped. Nothing was written.")
            return exits.STOPPED
    return _prepare(said, args, asker, quiet=quiet or args.text == ["-"])


def _prepare(said: str, args: argparse.Namespace, asker: Asker, *, quiet: bool) -> int:
    """Read what was said, ask for the rest, and write the folder."""
    # These modules read text. They come in now, when the first question has been on the screen already.
    from fairlead.cli.now_answers import AnswerError, Answers  # noqa: PLC0415
    from fairlead.cli.reading import ReadingError, file_text, text_from  # noqa: PLC0415

    try:
        text = text_from(args.text) if args.text else file_text(said) or said
        if not text.strip():
            return _problem("nothing was said about what happened, so there is nothing to prepare.")
        answers = Answers(text, args, now=datetime.now(UTC))
    except (ReadingError, AnswerError) as error:
        return _problem(str(error))
    try:
        if not quiet:
            from fairlead.cli.now_questions import complete  # noqa: PLC0415

            complete(answers, asker)
        problem = answers.problem()
        return _problem(problem) if problem else _make(answers, args, asker)
    except KeyboardInterrupt:
        return _stopped(answers, asker, typed=bool(said) or asker.typed, args=args)


def _make(answers: "Answers", args: argparse.Namespace, asker: Asker) -> int:
    from fairlead.cli.folder import FolderError, FolderTakenError, new_folder  # noqa: PLC0415
    from fairlead.core.playbook.reader import load_default  # noqa: PLC0415
    from fairlead.core.preparation import ImpactError, prepare  # noqa: PLC0415

    playbook = load_default()
    try:
        preparation = prepare(answers.facts(), playbook)
    except ImpactError as error:
        return _problem(str(error))
    talk = answers.talk(preparation, playbook, talk_id=uuid.uuid4())
    if not args.json:
        if not asker.is_somebody_there or args.yes:  # nobody has looked at it, so it is shown once
            asker.say(
                "This is how I read it:", *(f"  {line[3:]}" for line in answers.overview()), *answers.notes()
            )
        _say_first(preparation, asker)
    folder: Folder | None = None
    try:
        folder = new_folder(folder_name(), args.out)
        _write(folder, preparation, talk)
    except FolderError as error:
        _kept(folder)
        _problem(str(error))
        return exits.REFUSED if isinstance(error, FolderTakenError) else exits.USAGE
    except KeyboardInterrupt:
        _kept(folder)
        return exits.STOPPED
    if args.json:
        print(json.dumps(_summary(folder, preparation, talk, answers), ensure_ascii=False, indent=2))
    else:
        _say_next(folder, preparation, asker)
    return exits.DONE


def folder_name() -> str:
    """Return the name of a folder made now, on the clock of this machine."""
    return f"fairlead-now-{datetime.now().astimezone():%Y%m%d-%H%M}"


def _write(folder: "Folder", preparation: "Preparation", talk: "TalkFile") -> None:
    """Write the files, the most urgent first."""
    from fairlead.core.talkfile import write_talk  # noqa: PLC0415
    from fairlead.papers.sheets import preparation_md, statement_md, team_draft_md  # noqa: PLC0415

    folder.write("statement.md", statement_md(preparation).encode())
    folder.write("preparation.md", preparation_md(preparation).encode())
    from fairlead.papers.card import card_pdf  # noqa: PLC0415 - the words are safe before the paper is drawn

    folder.write("card.pdf", card_pdf(preparation))
    folder.write("team-draft.md", team_draft_md(preparation).encode())
    from fairlead.papers.checkins import check_ins_ics  # noqa: PLC0415

    calendar = check_ins_ics(talk.check_ins, talk_id=talk.id, zone=talk.zone, now=talk.made_at)
    folder.write("check-ins.ics", calendar)
    folder.write("talk.json", write_talk(talk).encode())


def _say_first(preparation: "Preparation", asker: Asker) -> None:
    """Print the statement and the first words, before anything is written: they are needed even if the disk is full."""
    asker.say("", styled("Read this aloud once, now:", "bold", asker.screen), "")
    asker.say(*(_wrapped(line) for line in preparation.statement))
    asker.say("", styled("Then go in, and begin with:", "bold", asker.screen), "")
    asker.say(*(f"  “{line.text}”" for line in preparation.first_lines))
    if preparation.still_open:
        asker.say("", styled("Still open:", "bold", asker.screen), "")
        asker.say(*(_wrapped(line) for line in preparation.still_open))


def _wrapped(line: str) -> str:
    from shutil import get_terminal_size  # noqa: PLC0415
    from textwrap import fill  # noqa: PLC0415

    width = min(get_terminal_size().columns, _WIDEST)
    return fill(line, width, initial_indent="  ", subsequent_indent="  ", break_long_words=False)


def _say_next(folder: "Folder", preparation: "Preparation", asker: Asker) -> None:
    next_talk = preparation.check_ins[0].day
    rows = (
        ("statement.md", "the words above, and what to say after them"),
        ("card.pdf", "one sheet to print and take with you"),
        ("preparation.md", "the whole preparation, the most urgent first"),
        ("team-draft.md", "for the team, after the talk; the engineer reads it first"),
        (
            "check-ins.ics",
            f"the next talks, first on {next_talk:%A} {next_talk.day} {next_talk:%B}, each called “1:1”",
        ),
        ("talk.json", "for a Fairlead server, if you want to go on there"),
    )
    asker.say("", styled(f"All of it is in {folder.path}, readable by you alone:", "bold", asker.screen), "")
    asker.say(*(f"  {name:<16}{what}" for name, what in rows))
    asker.say("", "You have time for six slow breaths. Then open the door.")


def _summary(
    folder: "Folder", preparation: "Preparation", talk: "TalkFile", answers: "Answers"
) -> dict[str, object]:
    from fairlead.core.talkfile import write_talk  # noqa: PLC0415

    content = json.loads(write_talk(talk))
    return {
        "folder": str(folder.path),
        "files": folder.written,
        **{
            key: content[key]
            for key in ("title", "customer_saw", "zone", "times", "impact", "team_size", "check_ins")
        },
        "statement": list(preparation.statement),
        "still_open": list(preparation.still_open),
        "missing": answers.missing(),
        "notes": list(answers.notes()),
    }


def _stopped(answers: "Answers", asker: Asker, *, typed: bool, args: argparse.Namespace) -> int:
    """Keep what was typed, and say where."""
    if not typed:
        asker.say("", "Stopped. Nothing was written.")
        return exits.STOPPED
    from fairlead.cli.folder import FolderError, new_folder  # noqa: PLC0415

    try:
        folder = new_folder(folder_name(), args.out)
        folder.write("unfinished.txt", answers.unfinished().encode())
    except FolderError as error:
        asker.say("", "Stopped.")
        _problem(str(error))
        return exits.STOPPED
    kept = folder.path / "unfinished.txt"
    asker.say("", f"Stopped. What you had typed is kept in {kept}.", f"Go on with: fairlead now {kept}")
    return exits.STOPPED


def _kept(folder: "Folder | None") -> None:
    names = ", ".join(folder.written) if folder is not None else ""
    place = f"{names} in {folder.path}" if folder is not None and names else ""
    print(f"Stopped. Kept: {place}." if place else "Stopped. No file was written.", file=sys.stderr)


def _problem(words: str) -> int:
    print(f"fairlead now: {words}", file=sys.stderr)
    return exits.USAGE


def machine_zone() -> str:
    """Return the IANA name of this machine's zone, or UTC when it cannot be told."""
    named = os.environ.get("TZ", "").lstrip(":")
    if "/" in named and not named.startswith("/"):
        return named
    link = os.path.realpath("/etc/localtime")
    _before, found, zone = link.partition("/zoneinfo/")
    return zone if found and "/" in zone and not zone.startswith("Etc/") else "UTC"
