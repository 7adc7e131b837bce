"""`fairlead lint`: what the coach says about files, for people, editors, pre-commit and CI."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from fairlead.cli import exits
from fairlead.cli.lint_files import ENDINGS, STDIN, Source, UnreadableError, paths_below, read
from fairlead.cli.lint_formats import FORMATS, Found
from fairlead.cli.lint_halves import checked
from fairlead.cli.lint_line import LintLine
from fairlead.cli.lint_settings import Settings, SettingsError, settings_from
from fairlead.core.language import Finding, Options, lint
from fairlead.core.language.finding import AUDIENCES, LEVELS, Audience, Roster
from fairlead.core.language.ignores import ignores

if TYPE_CHECKING:
    import argparse

EXAMPLES: Final = """\
examples:
  fairlead lint review.md
  fairlead lint postmortems/ --roster people.txt --fail-on warning
  fairlead lint - --audience private < what-i-want-to-say.txt
  git diff main | fairlead lint --diff -
  fairlead lint docs/ --format sarif > coach.sarif

A line <!-- fairlead off FL203: reason --> puts a rule off for the paragraph after it.
Settings: [lint] in fairlead.toml, or [tool.fairlead.lint] in pyproject.toml.

exit codes: 0 nothing at the level that fails, 1 findings at it, 2 a wrong command line or something unreadable"""
_RULE: Final = re.compile(r"FL\d{1,3}|[A-Za-z][\w-]*\d[\w-]*")


class _UsageError(ValueError):
    """The command line asks for something that does not go together; the text says what to do."""


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Describe the command's flags."""
    parser.epilog = EXAMPLES
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input")
    parser.add_argument(
        "--audience", choices=AUDIENCES, help="who reads it: everybody (commons), or one person"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to print (text)")
    parser.add_argument("--diff", action="store_true", help="changed lines only: of git, or of a diff on -")
    parser.add_argument(
        "--baseline", metavar="FILE", help="leave out what FILE knows; written if it is not there"
    )
    parser.add_argument("--roster", metavar="FILE", help="people who must not be named, one a line")
    parser.add_argument("--codeowners", action="store_true", help="take the people of CODEOWNERS as well")
    parser.add_argument(
        "--git-authors", action="store_true", help="take the authors of the repository as well"
    )
    parser.add_argument(
        "--fail-on",
        metavar="LEVEL|RULE",
        action="append",
        help="what answers 1: a level, a rule, FL2 (error)",
    )
    parser.add_argument("--fix", action="store_true", help="do the rewrites that are safe, in the files")


def run(args: "argparse.Namespace | LintLine") -> int:
    """Run the command and return its exit code."""
    try:
        return _lint(args)
    except (_UsageError, SettingsError) as error:
        print(f"fairlead lint: {error}", file=sys.stderr)
        return exits.USAGE


def _lint(args: "argparse.Namespace | LintLine") -> int:
    settings = settings_from(Path.cwd())
    audience = args.audience or settings.audience
    if audience == "private" and args.format in {"sarif", "github"}:
        raise _UsageError("private words do not go into annotations or SARIF. Use --format text or json.")
    fail_on = _fail_on(args.fail_on, settings)
    changed = _changed(args)
    job = _Job(
        audience, _roster(args, settings), Options(off=settings.off, own=settings.own), changed, args.fix
    )
    found, is_whole = _read_all(_paths(args, changed), settings.exclude, job)
    if is_whole and not found and changed is None:
        print(
            f"fairlead lint: nothing to read. In folders: {', '.join(sorted(ENDINGS))}",
            file=sys.stderr,
        )
    found = _after_baseline(args.baseline or settings.baseline, found)
    for line in FORMATS[args.format](found):
        print(line)
    if not is_whole:
        return exits.USAGE
    fails = any(_is_failing(one, fail_on) for _, findings in found for one in findings)
    return exits.REFUSED if fails else exits.DONE


class _Job(NamedTuple):
    """What is asked of each file."""

    audience: Audience
    roster: Roster
    options: Options
    changed: dict[str, set[int]] | None
    fix: bool

    def check(self, text: str) -> tuple[Finding, ...]:
        """Return what the coach finds in a text. Raises ValueError for a rule of one's own that cannot be read."""
        return lint(text, self.audience, self.roster, self.options)

    def counted(self, source: Source, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return the findings that count: all, or those in changed lines."""
        if self.changed is None:
            return findings
        lines = self.changed.get(Path(source.path).as_posix().removeprefix("./"), set())
        return tuple(one for one in findings if lines & set(range(one.line, one.end_line + 1)))


def _paths(args: "argparse.Namespace | LintLine", changed: dict[str, set[int]] | None) -> list[str]:
    paths = [path for path in args.paths if not (args.diff and path == "-")]
    if not paths and changed is None:
        raise _UsageError("name a file or a folder, or - for standard input.")
    return paths or sorted(path for path in changed or () if Path(path).suffix.lower() in ENDINGS)


def _read_all(given: Sequence[str], exclude: Sequence[str], job: _Job) -> tuple[list[Found], bool]:
    """Return what was found in each file, and whether all of them could be read."""
    sources: list[Source] = []
    unread: list[tuple[str, UnreadableError]] = []
    for path in paths_below(given, exclude, unread):
        try:
            sources.append(read(path))
        except UnreadableError as error:
            unread.append((path, error))
    for path, error in unread:
        print(f"fairlead lint: {path}: {error}", file=sys.stderr)
    is_whole = not unread
    try:
        every = checked([source.text for source in sources], job.check)
    except ValueError as error:
        raise _UsageError(str(error)) from None
    found = [(source, job.counted(source, findings)) for source, findings in zip(sources, every, strict=True)]
    for source in sources:
        _say_empty_ignores(source)
    return (found, is_whole) if not job.fix else _after_fix(found, job, is_whole=is_whole)


def _after_fix(found: list[Found], job: _Job, *, is_whole: bool) -> tuple[list[Found], bool]:
    """Do the safe rewrites in the files, and return what is found in them now."""
    from fairlead.cli.lint_fix import FixError, fix  # noqa: PLC0415 - asked for seldom

    left: list[Found] = []
    for source, findings in found:
        try:
            changed = fix(source, findings) if source.path != STDIN else None
        except FixError as error:
            print(f"fairlead lint: {source.path}: {error}", file=sys.stderr)
            changed, is_whole = None, False
        left.append(
            (changed, job.counted(changed, job.check(changed.text))) if changed else (source, findings)
        )
    return left, is_whole


def _say_empty_ignores(source: Source) -> None:
    """Say where a rule was meant to be put off and is not, because nobody can see why it should be."""
    if "fairlead" not in source.text:
        return
    for mark in ignores(source.text):
        if not mark.reason:
            line = source.text.count("\n", 0, mark.start) + 1
            print(
                f"fairlead lint: {source.path}:{line}: a rule is put off with a reason only:"
                f" <!-- fairlead off {mark.ids[0]}: reason -->",
                file=sys.stderr,
            )


def _fail_on(given: Sequence[str] | None, settings: Settings) -> tuple[str, ...]:
    wanted = [part.strip() for one in given or settings.fail_on for part in one.split(",") if part.strip()]
    for one in wanted:
        if one not in {*LEVELS, "never"} and not _RULE.fullmatch(one):
            raise _UsageError(f"--fail-on: “{one[:40]}” is neither a level ({', '.join(LEVELS)}) nor a rule.")
    return tuple(wanted)


def _is_failing(one: Finding, fail_on: Sequence[str]) -> bool:
    return any(
        LEVELS.index(one.level) >= LEVELS.index(wanted) if wanted in LEVELS else one.rule.startswith(wanted)
        for wanted in fail_on
    )


def _changed(args: "argparse.Namespace | LintLine") -> dict[str, set[int]] | None:
    if not args.diff:
        return None
    from fairlead.cli.lint_git import GitError, changed_here, changed_lines  # noqa: PLC0415

    if "-" in args.paths:
        return changed_lines(read("-").text)
    try:
        return changed_here()
    except GitError as error:
        raise _UsageError(f"--diff: git says: {error}") from None


def _roster(args: "argparse.Namespace | LintLine", settings: Settings) -> Roster:
    """Return the people of the roster file, and of the repository where that was asked for."""
    people: list[Roster] = []
    path = args.roster or settings.roster
    if path:
        from fairlead.core.language.rosterfile import read_roster  # noqa: PLC0415

        try:
            people.append(read_roster(read(path).text))
        except UnreadableError as error:
            raise _UsageError(f"--roster {path}: {error}") from None
    if args.codeowners or settings.codeowners or args.git_authors or settings.git_authors:
        from fairlead.cli.lint_git import GitError, authors, codeowners  # noqa: PLC0415

        try:
            people.append(codeowners() if args.codeowners or settings.codeowners else ())
            people.append(authors() if args.git_authors or settings.git_authors else ())
        except GitError as error:
            raise _UsageError(f"git says: {error}") from None
    return tuple(dict.fromkeys(person for some in people for person in some))


def _after_baseline(path: str, found: list[Found]) -> list[Found]:
    if not path:
        return found
    from fairlead.cli.lint_baseline import BaselineError, without_known, write_baseline  # noqa: PLC0415

    if Path(path).exists():
        try:
            return without_known(Path(path), found)
        except BaselineError as error:
            raise _UsageError(str(error)) from None
    try:
        count = write_baseline(Path(path), found)
    except OSError as error:
        raise _UsageError(f"--baseline {path}: it cannot be written ({error.strerror})") from None
    print(
        f"fairlead lint: {path} now knows {count} findings; from here on only new ones count.",
        file=sys.stderr,
    )
    return [(source, ()) for source, _ in found]
