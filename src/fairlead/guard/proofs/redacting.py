"""Taking secrets out of a fixture before it is kept: configurations hold them."""

import re
import shutil
from pathlib import Path
from typing import Final

HIDDEN: Final = "REDACTED"
# Each pattern keeps what stands before the secret, so that the line still says what it is. The value of a form that
# is marked as hashed or encrypted goes as well: it can be guessed at.
_QUOTED_OR_WORD = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s"',;]+)"""
_PATTERNS: Final = (
    re.compile(r"(?s)()-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----"),
    re.compile(
        r"(?i)(\b(?:authorization|proxy-authorization)\s*[:=]\s*\"?(?:bearer|basic)?\s*)" + _QUOTED_OR_WORD
    ),
    re.compile(r"(?i)(\bsnmp-server\s+(?:community|user\s+\S+\s+\S+\s+\S+\s+auth\s+\S+)\s+)\S+"),
    re.compile(r"(?i)(\b(?:tacacs-server|radius-server)\b.*?\bkey\s+(?:\d\s+)?)\S+"),
    re.compile(
        r"(?i)(\b(?:neighbor\s+\S+\s+password|message-digest-key\s+\d+\s+md5|key-string|pre-shared-key|enable\s+secret|"
        r"enable\s+password|username\s+\S+.*?\b(?:secret|password)|password|secret)\s+(?:\d{1,2}\s+|encrypted\s+)?)"
        r"(?![:=])" + _QUOTED_OR_WORD
    ),
    re.compile(
        r"(?i)([\w-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)"
        r"[\w-]*[\"']?\s*[:=]\s*)(?!\s*[{\[])" + _QUOTED_OR_WORD
    ),
    re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s/@]+(?=@)"),
    re.compile(
        r"()\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|glpat-[\w-]{20,}|xox[baprs]-[\w-]{10,})\b"
    ),
)


def redacted(text: str) -> tuple[str, int]:
    """Return the text with secrets taken out, and how many there were."""
    found = 0
    for pattern in _PATTERNS:
        text, count = pattern.subn(_hide, text)
        found += count
    return text, found


def _hide(match: re.Match[str]) -> str:
    value = match[0][len(match[1]) :]
    quote = value[0] if value[:1] in {'"', "'"} else ""
    return f"{match[1]}{quote}{HIDDEN}{quote}"


def import_fixture(source: Path, target: Path) -> int:
    """Copy a file or directory to `target` with secrets taken out; returns how many. Files that are not text stay."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    found = 0
    for path in [target] if target.is_file() else sorted(one for one in target.rglob("*") if one.is_file()):
        try:
            text, count = redacted(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue
        if count:
            path.write_bytes(text.encode())
            found += count
    return found
