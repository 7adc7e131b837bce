"""How often is the coach right? Precision and recall by category over the labelled sentences, and the real reviews.

`make eval` prints the tables. With `--wrong` every sentence of the training part that was judged wrongly is printed.
With a file of JSON lines (`text`, `audience`, `labels`) that somebody else labelled, only its table is printed.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fairlead.core.deidentify.roster import Person
from fairlead.core.language import Finding, lint
from fairlead.core.language.rosterfile import read_roster

HERE = Path(__file__).parent / "coach"
REVIEWS = Path(__file__).parents[2] / "shared" / "data" / "reviews"
CATEGORIES = {
    "FL1": "blame", "FL2": "hindsight", "FL3": "minimising", "FL4": "identifying",
    "FL5": "individual-only", "FL6": "threat", "FL7": "vague remedy", "FL8": "interrogation",
}  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence."""

    audience: str
    labels: frozenset[str]
    english: str
    field: str
    words: str


def sentences(part: str) -> list[Sentence]:
    """Return the labelled sentences of a part: `train`, `fresh`, `test`, or a file of JSON lines."""
    if part.endswith(".jsonl"):
        lines = map(json.loads, Path(part).read_text("utf-8").splitlines())
        return [Sentence(one["audience"], frozenset(one["labels"]), "", "", one["text"]) for one in lines]
    found = []
    for line in (HERE / f"{part}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            audience, labels, english, field, words = (cell.strip() for cell in line.split("|", 4))
            found.append(Sentence(audience, frozenset(labels.split("+")) - {"-"}, english, field, words))
    return found


def roster() -> tuple[Person, ...]:
    """Return the people of the invented organisation."""
    return read_roster((HERE / "roster.txt").read_text("utf-8"))


def marks(one: Sentence, people: tuple[Person, ...]) -> tuple[Finding, ...]:
    """Return what the coach finds in a sentence."""
    return lint(one.words, audience=one.audience, roster=people)  # type: ignore[arg-type]


def table(part: str) -> dict[str, tuple[int, int, int]]:
    """Return hits, wrong marks and misses of each category."""
    people = roster()
    counts = {code: [0, 0, 0] for code in CATEGORIES}
    for one in sentences(part):
        found = {finding.rule[:3] for finding in marks(one, people)}
        for code, count in counts.items():
            count[0] += code in found and code in one.labels
            count[1] += code in found and code not in one.labels
            count[2] += code not in found and code in one.labels
    return {code: (count[0], count[1], count[2]) for code, count in counts.items()}


def clean_marked(part: str) -> tuple[int, int]:
    """Return how many clean sentences are marked at warning or above, and how many there are."""
    people = roster()
    clean = [one for one in sentences(part) if not one.labels]
    return sum(any(f.level != "suggestion" for f in marks(one, people)) for one in clean), len(clean)


def show_part(part: str) -> None:
    """Print the table of a part."""
    print(f"\n{part}\n{'category':18}{'precision':>10}{'recall':>8}{'right':>7}{'wrong':>7}{'missed':>7}")
    for code, (right, wrong, missed) in table(part).items():
        precision = right / (right + wrong) if right + wrong else 1
        recall = right / (right + missed) if right + missed else 1
        print(f"{CATEGORIES[code]:18}{precision:>10.1%}{recall:>8.1%}{right:>7}{wrong:>7}{missed:>7}")
    marked, clean = clean_marked(part)
    print(f"clean sentences marked at warning or above: {marked} of {clean} ({marked / clean:.1%})")


def show_reviews() -> None:
    """Print findings per 1,000 words of the real reviews, by level and rule."""
    if not REVIEWS.is_dir():
        print("\nreal reviews: not here")
        return
    texts = [path.read_text("utf-8") for path in sorted(REVIEWS.glob("*.md"))]
    words = sum(len(text.split()) for text in texts)
    found = [finding for text in texts for finding in lint(text)]
    levels = Counter(finding.level for finding in found)
    print(f"\nreal reviews: {len(texts)} texts, {words} words")
    for level in ("error", "warning", "suggestion"):
        print(f"{level:12}{levels[level]:>5}{levels[level] / words * 1000:>8.2f} per 1,000 words")
    for rule, count in sorted(Counter(finding.rule for finding in found).items()):
        print(f"  {rule}{count:>5}")


def show_wrong() -> None:
    """Print the sentences of the training part that were judged wrongly."""
    people = roster()
    for one in sentences("train"):
        found = marks(one, people)
        codes = {finding.rule[:3] for finding in found}
        if codes != one.labels:
            rules = [(finding.rule, one.words[finding.start : finding.end]) for finding in found]
            print(sorted(one.labels), "|", one.words, "|", rules)


def main() -> None:
    """Print everything, or the tables of the files that are named."""
    foreign = [argument for argument in sys.argv[1:] if argument.endswith(".jsonl")]
    for part in foreign or ("train", "fresh", "test"):
        show_part(part)
    if foreign:
        return
    show_reviews()
    if "--wrong" in sys.argv:
        show_wrong()


if __name__ == "__main__":
    main()
