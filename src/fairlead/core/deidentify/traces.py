"""Quasi-identifiers in the traces of work: commits, changes, tickets, branches and home folders."""

import re
from collections.abc import Iterator
from typing import Final

from fairlead.core.deidentify.spot import Spot
from fairlead.core.deidentify.words import word_list

_HASH: Final = re.compile(r"(?<![\w./:=%-])[0-9a-f]{7,40}(?![\w/=%@-]|[.:]\w)", re.IGNORECASE)
_SAID_COMMIT: Final = re.compile(
    r"(?:\b(?:commits?|revisions?|rev|sha1?|hash|revert(?:s|ed|ing)?|cherry-pick(?:ed|ing)?"
    r"|bisect(?:ed)?|changeset|HEAD|git \w{2,12}"
    r"|merge[ds]?|deploy(?:ed|ing|s)?|build|version|pushed|landed|is|was|since|back to"
    r"|(?:introduced|fixed|broken|caused|repaired) (?:in|by|with))[\s:(`*\"'\[]{1,4}|[(`\[@]"
    r"|\.\.\.?)\Z",
    re.IGNORECASE,
)
_FULL_HASH: Final = 40
_BACK: Final = 24
_CHANGE: Final = re.compile(
    r"(?<![\w-])(?:(?:pull|merge|change) requests?|PRs?|MRs?|CLs?"
    r"|patchset)[\s:]{0,2}[\[`#!]{0,3}\d{1,9}\b(?!%|:\d)|(?<![\w!])![1-9]\d{1,6}\b(?!%)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?<![&#])#\d{2,7}\b(?![\w-])")
_TICKET: Final = re.compile(r"(?<![\w./-])(?P<project>[A-Z][A-Z0-9]{1,9})-\d{2,7}\b(?![-./]\w)")
_SAID_TICKET: Final = re.compile(
    r"(?<![\w-])(?:issue|ticket|jira|case|story|bug|task)s? (?:#|no\.? ?|number )?\d{3,9}\b(?!%|\.\d)",
    re.IGNORECASE,
)
_NO_PROJECT: Final = word_list("not_projects")
_PREFIXED: Final = re.compile(
    r"(?<![\w./@:-])(?:feature|feat|fix|hotfix|bugfix|users?|dev|wip|chore|patch|topic|spike|revert"
    r"|personal|private|exp)"
    r"/(?!\d+(?:\.\d+)*\b)[\w.#-]{1,80}(?:/[\w.#-]{1,80}){0,3}(?![\w/])"
)
_COMMAND: Final = re.compile(
    r"\bgit (?:checkout|switch|merge|rebase|push|branch)(?: -{1,2}[\w-]{1,20}){0,2}(?: origin"
    r"| upstream)? (?P<one>[A-Za-z#][\w.#/-]{2,100})"
    r"|\borigin/(?P<two>[A-Za-z#][\w.#/-]{2,100})"
)
_BRANCH: Final = re.compile(r"\bbranch\b(?! (?:protection|office|circuit|prediction))", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"(?: named| called)?[ :]{1,2}(?P<quote>[`\"“']?)(?P<name>[A-Za-z#][\w.#/-]{2,100})"
)
_QUOTES: Final = "`\"“”'*"
_SHAPED: Final = re.compile(r"\w[-_/#]\w|#\w")
_PLAIN_BRANCH: Final = re.compile(
    r"(?:master|main|trunk|develop(?:ment)?|staging|production|prod|gh-pages|head|stable|next|nightly"
    r"|long-lived|short-lived|per-\w{1,20}"
    r"|(?:release|releases|support|stable|v)?[-/_.v]?\d+(?:\.[\dx]+)*[-\w.]{0,20}|origin|upstream)\Z",
    re.IGNORECASE,
)
_HOME: Final = re.compile(
    r"(?:(?<![\w.])/(?:home|Users|export/home)/|\b[A-Za-z]:\\{1,2}(?:Users"
    r"|Documents and Settings)\\{1,2}|(?<![\w~/.])~(?=[a-z][\w.-]{1,31}/))"
    r"(?P<who>[\w.][\w.-]{0,40})(?:[/\\][\w./\\~+-]{0,200})?"
)
_ACCOUNTS: Final = word_list("harmless_accounts")


def traces(text: str, lowered: str) -> Iterator[Spot]:
    """Yield what leads to somebody by way of a commit, a change, a ticket, a branch or a home folder.

    `lowered` is `text` in lower case.
    """
    yield from _commits(text)
    yield from (Spot(m.start(), m.end(), "change link") for m in _CHANGE.finditer(text))
    if "#" in text:
        yield from _numbered(text)
    for found in _TICKET.finditer(text):
        if found["project"].rstrip("0123456789") not in _NO_PROJECT:
            yield Spot(found.start(), found.end(), "ticket")
    yield from (Spot(m.start(), m.end(), "ticket") for m in _SAID_TICKET.finditer(text))
    yield from _branches(text, lowered)
    for found in _HOME.finditer(text):
        if found["who"].lower().strip(".-") not in _ACCOUNTS:
            yield Spot(found.start(), found.end(), "home path")


def _commits(text: str) -> Iterator[Spot]:
    for found in _HASH.finditer(text):
        written = found.group()
        mixed = any(c.isdigit() for c in written) and any(c.isalpha() for c in written)
        said = _SAID_COMMIT.search(text, max(0, found.start() - _BACK), found.start()) is not None
        if mixed and (said or len(written) == _FULL_HASH):
            yield Spot(found.start(), found.end(), "commit")


def _numbered(text: str) -> Iterator[Spot]:
    """Yield "#1234", with the project before it ("team/tool#1234"); without one, a number may count anything."""
    for found in _NUMBERED.finditer(text):
        start = found.start()
        lowest = max(0, start - 100)
        while start > lowest and (text[start - 1].isalnum() or text[start - 1] in "/._-"):
            start -= 1
        yield Spot(start, found.end(), "change link")


def _branches(text: str, lowered: str) -> Iterator[Spot]:
    if "/" in text:
        for found in _PREFIXED.finditer(text):
            if _SHAPED.search(found.group().partition("/")[2]):
                yield Spot(found.start(), found.end(), "branch")
    for found in _COMMAND.finditer(text):
        group = "one" if found["one"] else "two"
        yield from _branch(text, found.start(group), found.end(group))
    if "branch" not in lowered:
        return
    for found in _BRANCH.finditer(text):
        after = _NAMED.match(text, found.end())
        if after is not None and (after["quote"] or _SHAPED.search(after["name"])):
            yield from _branch(text, after.start("name"), after.end("name"))
        yield from _branch_before(text, found.start())


def _branch_before(text: str, end: int) -> Iterator[Spot]:
    """Yield the word before "branch", when it is quoted or written as branches are."""
    while end > 0 and text[end - 1] in " " + _QUOTES and text[end - 1] != "\n":
        end -= 1
    start = end
    lowest = max(0, end - 100)
    while start > lowest and (text[start - 1].isalnum() or text[start - 1] in "/._-#"):
        start -= 1
    quoted = text[start - 1 : start] in set('`"“') and text[end : end + 1] in set('`"”')
    if start < end and (quoted or any(c in text[start:end] for c in "/_")):
        yield from _branch(text, start, end)


def _branch(text: str, start: int, end: int) -> Iterator[Spot]:
    name = text[start:end].rstrip(".-/")
    if name and _PLAIN_BRANCH.match(name) is None:
        yield Spot(start, start + len(name), "branch")
