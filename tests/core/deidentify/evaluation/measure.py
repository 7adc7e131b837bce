"""Plants invented people in templates, examines the texts, and counts what was found and what was found for nothing."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.examine import examine
from fairlead.core.deidentify.finding import KINDS, Finding
from fairlead.core.deidentify.reading import GIVEN
from fairlead.core.deidentify.roster import Person
from fairlead.core.deidentify.words import book

HERE = Path(__file__).parent
_PLANT = re.compile(r"\{(?P<slot>\w+)\}|\[(?P<kind>[a-z -]+)\|(?P<words>(?:[^\[\]]|\[[^\[\]]*\])+)\]")
_KIND_OF_SLOT = {
    "first": "name",
    "last": "name",
    "name": "name",
    "initials": "initials",
    "handle": "handle",
    "dotted": "handle",
    "email": "e-mail",
    "mention": "mention",
    "slack": "mention",
    "avatar": "avatar",
    "small": "name",
    "short": "name",
    "turned": "name",
    "under": "handle",
    "nick": "handle",
    "digits": "handle",
    "profile": "handle",
    "phone": "phone",
    "number": "employee number",
}
_PHONES = (
    "+44 7700 900142",
    "(555) 010-0199",
    "+49 30 23125 014",
    "020 7946 0123",
    "+1-555-010-0177",
    "ext. 4417",
)
_NUMBERS = ("E104233", "00048213", "#20417", "P-33812", "104233")


@dataclass(frozen=True)
class Planted:
    start: int
    end: int
    kind: str
    who: str = ""


@dataclass(frozen=True)
class Examined:
    """One text: its author group, what was planted in it, and what was found."""

    group: str
    text: str
    planted: list[Planted]
    findings: tuple[Finding, ...]


@dataclass
class Counts:
    """What was planted and found, by kind; what was found for nothing; `missed` shows each miss."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def share_found(self, level: str) -> float:
        kinds = [kind for kind in self.planted if KINDS[kind].level == level]
        return sum(self.found[kind] for kind in kinds) / sum(self.planted[kind] for kind in kinds)

    def share_of_strangers(self, what: str) -> float:
        """Return the share of what was planted of people on no roster that was `found`, or was `shown` at all."""
        return self.strangers[what] / self.strangers["planted"]

    def share_of_members(self, what: str) -> float:
        """Return the same for people of the roster."""
        return self.members[what] / self.members["planted"]

    def share_wrong(self, level: str) -> float:
        kinds = [kind for kind in self.findings if KINDS[kind].level == level]
        return sum(self.wrong[kind] for kind in kinds) / sum(self.findings[kind] for kind in kinds)


def lines_of(name: str) -> list[tuple[str, str]]:
    """Return (group, line) of a file of this folder."""
    group, lines = "", []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            group = line[3:]
        elif line and not line.startswith("# One") and not (group == "" and line.startswith("#")):
            lines.append((group, line.replace("\\n", "\n")))
    return lines


def names_of(split: str) -> list[str]:
    text = (HERE / f"people_{split}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _ascii(text: str) -> str:
    plain = text.replace("Ł", "L").replace("ł", "l").replace("ı", "i").replace("Þ", "Th")
    return "".join(
        c for c in unicodedata.normalize("NFD", plain) if (c.isascii() and c.isalpha()) or c in " -"
    )


def person_of(name: str) -> dict[str, str]:
    """Return everything that is put into a template for one person."""
    first, _, last = name.partition(" ")
    bare_first, bare_last = (
        _ascii(first).lower().replace("-", ""),
        _ascii(last).lower().replace(" ", "").replace("-", ""),
    )
    return {
        "first": first,
        "last": last,
        "name": name,
        "initials": (_ascii(first)[0] + _ascii(last.split()[-1])[0]).upper(),
        "handle": bare_first[0] + bare_last,
        "dotted": f"{bare_first}.{bare_last}",
        "email": f"{bare_first}.{bare_last}@acme.example",
        "mention": "@" + bare_first[0] + bare_last,
        "slack": "<@U0" + (bare_last.upper() + "7QX4Z")[:8] + ">",
        "avatar": f"https://avatars.githubusercontent.com/{bare_first[0]}{bare_last}",
        "small": first.lower(),
        "short": f"{first[0]}. {last}",
        "turned": f"{last}, {first}",
        "under": f"{bare_first}_{bare_last}",
        "nick": bare_first + bare_last[0],
        "digits": f"{bare_first[0]}{bare_last}{len(name) % 9 + 1}",
        "profile": f"https://github.com/{bare_first[0]}{bare_last}",
        "phone": _PHONES[len(name) % len(_PHONES)],
        "number": _NUMBERS[len(name) % len(_NUMBERS)],
    }


def plant(template: str, people: list[dict[str, str]]) -> tuple[str, list[Planted]]:
    """Return the text of a template, and what was planted in it. A repeated {name} is the next person."""
    text, planted, at = "", [], 0
    used: Counter[str] = Counter()
    several = "\n{name}" not in template
    for found in _PLANT.finditer(template):
        text += template[at : found.start()]
        if found["slot"]:
            slot = found["slot"]
            person = (
                people[used[slot] % len(people)]
                if several and slot in {"name", "email", "small"}
                else people[0]
            )
            used[slot] += 1
            words, kind, who = person[slot], _KIND_OF_SLOT[slot], person["name"]
        else:
            words, kind, who = found["words"], found["kind"], ""
        planted.append(Planted(len(text), len(text) + len(words), kind, who))
        text += words
        at = found.end()
    return text + template[at:], planted


def _covered(planted: Planted, text: str, findings: tuple[Finding, ...]) -> bool:
    """Direct: every letter of it is inside direct findings. Quasi: something was found there."""
    if KINDS[planted.kind].level == "quasi":
        return any(f.start < planted.end and f.end > planted.start for f in findings)
    inside = {at for f in findings if f.level == "direct" for at in range(f.start, f.end)}
    return all(at in inside for at in range(planted.start, planted.end) if text[at].isalnum())


def measure(split: str) -> Counts:
    """Return the counts of one split; `unlisted` are the texts of `sealed` with people of its own."""
    names = names_of(split)
    people = [person_of(name) for name in names]
    roster = tuple(Person(p["name"], p["email"], (p["handle"], p["dotted"])) for p in people[::2])
    known = {person.name for person in roster}
    counts = Counts()
    texts = "sealed" if split == "unlisted" else split
    for group, template in lines_of(f"{texts}.txt"):
        chosen = range(len(people)) if "{" in template else range(1)
        for number in chosen:
            some = [people[number], *(people[(number + step) % len(people)] for step in (3, 7))]
            text, planted = plant(template, some)
            _count(counts, Examined(group, text, planted, examine(text, roster=roster)), known)
    for group, line in lines_of("clean.txt"):
        if group == texts:
            _count(counts, Examined("clean", line, [], examine(line, roster=roster)), known)
    return counts


def _count(counts: Counts, examined: Examined, known: set[str]) -> None:
    text, findings = examined.text, examined.findings
    for one in examined.planted:
        covered = _covered(one, text, findings)
        if one.who:
            people = counts.members if one.who in known else counts.strangers
            people["planted"] += 1
            people["found"] += covered
            people["shown"] += any(f.start < one.end and f.end > one.start for f in findings)
        counts.planted[one.kind] += 1
        counts.found[one.kind] += covered
        if not covered:
            counts.missed.append(f"{examined.group}: {one.kind} “{text[one.start : one.end]}” in {text!r}")
    for f in findings:
        counts.findings[f.kind] += 1
        if not any(f.start < one.end and f.end > one.start for one in examined.planted):
            counts.wrong[f.kind] += 1
            counts.false.append(f"{examined.group}: {f.kind} “{f.shown}” in {text!r}")


def listed(split: str) -> float:
    """Return the share of given names of a split that some packaged list knows."""
    firsts = [plain_letters(name).partition(" ")[0].lower() for name in names_of(split)]
    return sum(first in GIVEN or first in book("all_given_names") for first in firsts) / len(firsts)


def table(split: str, counts: Counts) -> str:
    """Return the table of one split: found share beside false share."""
    rows = [
        f"{split}: {listed(split):.0%} of the given names are on the packaged lists, half of the people on no roster"
    ]
    rows.append(f"{'kind':14}{'planted':>8}{'found':>8}{'share':>8}{'findings':>10}{'false':>7}{'share':>8}")
    for level in ("direct", "quasi"):
        counters = (counts.planted, counts.found, counts.findings, counts.wrong)
        kinds = [kind for kind in KINDS if KINDS[kind].level == level]
        met = [kind for kind in kinds if counts.planted[kind] + counts.findings[kind]]
        rows.extend(_row(kind, *(counter[kind] for counter in counters)) for kind in met)
        rows.append(_row(level.upper(), *(sum(counter[kind] for kind in kinds) for counter in counters)))
    rows.append(
        f"people of the roster: {counts.share_of_members('found'):.1%} found; people on no roster: "
        f"{counts.share_of_strangers('found'):.1%} found, "
        f"{counts.share_of_strangers('shown'):.1%} found or shown as doubtful"
    )
    return "\n".join(rows)


def _row(kind: str, planted: int, found: int, findings: int, wrong: int) -> str:
    share = f"{found / planted:.1%}" if planted else "-"
    false = f"{wrong / findings:.1%}" if findings else "-"
    return f"{kind:14}{planted:>8}{found:>8}{share:>8}{findings:>10}{wrong:>7}{false:>8}"
