"""When an incident started, was noticed, was mitigated and was over: read from words beside its times.

A label ("Resolved: 15:32") counts most, then a stretch of time, then a verb in the same clause. What is only
inferred from the order of the lines is marked as not sure, and asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from fairlead.core.intake.prose import SINCE, UNTIL, Mention
from fairlead.core.intake.values import Entry, Measure, Moment, MomentKey, Span


def _ending(*words: str) -> re.Pattern[str]:
    """Return a pattern for one of the words as a label, right before the time: "Resolved at: ..."."""
    return re.compile(rf"\b(?:{'|'.join(words)})(?:\s(?:time|at))?\W{{0,6}}\Z", re.IGNORECASE)


def _saying(*words: str, unless: str = "") -> re.Pattern[str]:
    """Return a pattern for one of the words anywhere in a clause."""
    return re.compile(rf"{unless}(?:{'|'.join(words)})", re.IGNORECASE)


_LABELS: Final[tuple[tuple[MomentKey, re.Pattern[str]], ...]] = (
    ("started", _ending("start(?:ed)?", "start of (?:the )?(?:incident|outage)", "began", "beginning")),
    ("detected", _ending("detected", "detection", "time of detection", "noticed", "discovered")),
    ("mitigated", _ending("mitigated", "mitigation")),
    ("resolved", _ending("resolved", "resolution", "end(?:ed)?", "recovered", "restored", "fixed")),
)
_DENIED: Final = r"(?<!not )(?<!n't )(?<!be )"
_AT_WORK: Final = r"(?! (?:to )?(?:work|investigat|look|respond|diagnos))"
# Looked at in this order: "fix deployed" is a mitigation although "deployed" alone is a beginning.
_WORDS: Final[tuple[tuple[MomentKey, re.Pattern[str]], ...]] = (
    (
        "resolved",
        _saying(
            r"\b(?:resolved|(?:fully )?recovered|restored|all clear|service resumed)\b",
            r"\b(?:working|operational) again\b",
            r"\bfully operational\b",
            r"\bnormal (?:levels?|operations?)\b",
            r"(?<!roll )(?<!rolls )(?<!rolled )(?<!rolling )\bback (?:to normal|up|online|in service"
            r"|in business|again|at)\b",
            r"\b(?:is|was|are|were|came|all) back\b",
            r"(?<!roll )(?<!rolls )(?<!rolled )(?<!rolling )\bback\W{0,3}\Z",
            r"\boutage (?:(?:is |was )?(?:over|ended|ends)|to an end)\b",
            r"\bincident (?:is |was )?(?:over|closed|ended)\b",
            r"\bissue (?:is |was )?(?:permanently )?(?:fixed|solved)\b",
            r"\A\s?until\b",
            unless=_DENIED,
        ),
    ),
    (
        "mitigated",
        _saying(
            r"\bmitigat\w{1,5}\b",
            r"\broll(?:ed|s|ing)?[ -]?back\b",
            r"\brevert(?:ed|s)?\b",
            r"\bwork-?around\b",
            r"\bfail(?:ed|s)? ?over\b",
            r"\bfix (?:is |was |has been |gets )?(?:deployed|applied|merged|released|live|out|rolled out)\b",
            r"\b(?:downgraded|hot-?fix|stabili[sz]\w{1,4}|solved the issue)\b",
        ),
    ),
    (
        "detected",
        _saying(
            r"\b(?:alert(?:s|ed)?|alarms?|paged|pager)\b",
            r"\b(?:notic(?:e|ed|es)|report(?:s|ed)?|detect(?:s|ed|ion)?|discover(?:s|ed|y)?|notif(?:y|ies"
            r"|ied)|complain\w{0,4})\b",
            r"\b(?:first (?:ticket|word|sign)|phone (?:rang|rings)|calls in)\b",
        ),
    ),
    (
        "started",
        _saying(
            rf"(?<!nvestigation )(?<!nvestigations )\bstart(?:s|ed|ing)?\b{_AT_WORK}",
            r"\bbeg[ai]n(?:s|ning)?\b",
            r"\b(?:went|goes) (?:out|down|live)\b",
            r"\b(?:broke|breaks|crash(?:es|ed|ing)?|fail(?:s|ing|ed|ures?)?|outage|loop(?:s|ed|ing)?|died"
            r"|expired)\b",
            r"\b(?:deploy(?:s|ed|ing|ment)?|roll(?:ed|ing) out|releas(?:ed|ing)|merg(?:ed|ing)|push(?:ed"
            r"|ing))\b",
            r"\b(?:applied|promoted|introduced|triggered)\b",
            r"\b(?:is|was) down\b",
            r"\bdown\W{0,3}\Z",
            r"\b(?:renamed|deleted|removed)\b",
        ),
    ),
)
_UNSEEN: Final = re.compile(
    r"(?:\b(?:not|never|nobody|no one|only)\b|n[’']t\b)[^.;\n]{0,30}\b(?:notic|detect|discover|saw"
    r"|see\b|realis|realiz|alert)",
    re.IGNORECASE,
)
_LASTING: Final = re.compile(
    r"\A,?\s?for\s(?:about\s|around\s|roughly\s|some\s)?(?:\d|an?\s(?:hour|minute)|half an hour)",
    re.IGNORECASE,
)
_BEGAN: Final = re.compile(
    r"(?<!nvestigation )(?<!nvestigations )\b(?:began|started)\b[^.;\n]{0,60}\bat\s\Z", re.IGNORECASE
)
_LABEL: Final = 4
_STRETCH: Final = 3
_VERB: Final = 2
_FEW: Final = 3  # from so many lines on, the last one may be the end
_LONGEST: Final = timedelta(days=30)
_READ: Final = 2_000  # a log of a hundred thousand lines tells its start and its end at its two ends


@dataclass(frozen=True, slots=True)
class Clue:
    """A time and what speaks for it being one of the four; the weight orders the kinds of reason."""

    key: MomentKey
    at: datetime
    weight: int
    span: Span
    why: str
    sure: bool = True


def clues(mentions: Sequence[Mention], *, beside_timeline: bool) -> tuple[Clue, ...]:
    """Return what speaks for each of the times being the start, the detection, the mitigation or the end.

    `beside_timeline` says that a timeline tells the same story; then "until" counts less than the verbs do.
    """
    found: list[Clue] = []
    for mention in mentions:
        label = _label(mention.before)
        cue = _stretch(mention) or _cue(mention, _VERB - 1 if beside_timeline else _STRETCH)
        if label is not None and not mention.after:
            read = [Clue(label, mention.at, _LABEL, mention.span, f"it stands beside “{label}”")]
        elif cue is not None:
            read = [cue]
        else:
            words = f"{mention.before} {mention.after}"
            read = _verb(words, mention.at, mention.span)
            if mention.lead.rstrip().endswith(",") and not mention.after:
                read = [
                    clue for clue in read if clue.key != "started"
                ]  # "it was down, 15:32": since or until?
        found.extend(replace(clue, sure=mention.sure) for clue in read)
    return tuple(found)


def _stretch(mention: Mention) -> Clue | None:
    if mention.opens:
        return Clue("started", mention.at, _STRETCH, mention.span, "it begins a stretch of time")
    if mention.closes:
        return Clue("resolved", mention.at, _STRETCH, mention.span, "it ends a stretch of time")
    return None


def _cue(mention: Mention, weight: int) -> Clue | None:
    """Return what the words right beside a time say: from, since, until, back at, for half an hour."""
    said = UNTIL.search(mention.lead)
    if said is not None:
        words = " ".join(said[0].split())
        if _UNSEEN.search(mention.lead):
            return Clue("detected", mention.at, weight, mention.span, f"it was not noticed “{words}” then")
        return Clue("resolved", mention.at, weight, mention.span, f"right before it stands “{words}”")
    said = SINCE.search(mention.lead)
    if said is not None:
        words = " ".join(said[0].split())
        return Clue("started", mention.at, weight, mention.span, f"right before it stands “{words}”")
    if _BEGAN.search(mention.lead):
        return Clue("started", mention.at, weight, mention.span, "the sentence says that it began then")
    if _LASTING.match(mention.after):
        return Clue("started", mention.at, weight, mention.span, "a length of time is counted from it")
    return None


def _label(before: str) -> MomentKey | None:
    for key, pattern in _LABELS:
        if pattern.search(before):
            return key
    return None


def entry_clues(entries: Sequence[Entry]) -> tuple[Clue, ...]:
    """Return the same for the lines of a timeline, by the first words of each."""
    read = entries if len(entries) <= 2 * _READ else (*entries[:_READ], *entries[-_READ:])
    return tuple(clue for entry in read for clue in _verb(entry.text[:160], entry.at, entry.span))


def _verb(words: str, at: datetime, span: Span) -> list[Clue]:
    for key, pattern in _WORDS:
        found = pattern.search(words)
        if found is not None:
            return [Clue(key, at, _VERB, span, f"the words beside it say “{' '.join(found[0].split())}”")]
    return []


def moments(
    found: Sequence[Clue], entries: Sequence[Entry], mentions: Sequence[Mention], durations: Sequence[Measure]
) -> tuple[Moment, ...]:
    """Return the moments that can be told, in order; none of them lies before the start.

    `entries` are the lines of a timeline that is trusted, or none.
    """
    started = _started(found, entries, mentions, durations)
    earliest = started.at if started is not None else None
    later = [clue for clue in found if earliest is None or earliest <= clue.at <= earliest + _LONGEST]
    resolved = (
        _best(later, "resolved", last=True)
        if started is None
        else _resolved(later, started, entries, durations)
    )
    between = [clue for clue in later if resolved is None or clue.at <= resolved.at]
    detected = _best(between, "detected", last=False)
    mitigated = _best(
        [
            clue
            for clue in between
            if (detected is None or clue.at >= detected.at) and (started is None or clue.at > started.at)
        ],
        "mitigated",
        last=True,
    )
    return tuple(moment for moment in (started, detected, mitigated, resolved) if moment is not None)


def _best(found: Sequence[Clue], key: MomentKey, *, last: bool) -> Moment | None:
    own = [clue for clue in found if clue.key == key]
    if not own:
        return None
    weight = max(clue.weight for clue in own)
    times = [clue for clue in own if clue.weight == weight]
    clue = max(times, key=lambda one: one.at) if last else min(times, key=lambda one: one.at)
    return Moment(key, clue.at, sure=clue.sure, span=clue.span, why=f"{clue.why.capitalize()}.")


def _started(
    found: Sequence[Clue],
    entries: Sequence[Entry],
    mentions: Sequence[Mention],
    durations: Sequence[Measure],
) -> Moment | None:
    best = _best(found, "started", last=False)
    noticed = [clue.at for clue in found if clue.key == "detected"]
    if best is not None and (not noticed or best.at <= min(noticed)):
        return best
    if not entries:
        return _started_in_words(found, mentions, durations)
    at, span = min(((entry.at, entry.span) for entry in entries), key=lambda one: one[0])
    return Moment(
        "started", at, sure=False, span=span, why="It is the earliest time in the text; nothing says more."
    )


def _started_in_words(
    found: Sequence[Clue], mentions: Sequence[Mention], durations: Sequence[Measure]
) -> Moment | None:
    """Return the start of a text that is no timeline, where its end is told; a time alone could be anything."""
    end = _best(found, "resolved", last=True)
    if end is None:
        return None
    if durations:
        at = end.at - timedelta(minutes=float(durations[0].value))
        why = "The text says how long it lasted, and that is counted back from the end."
        return Moment("started", at, sure=end.sure, span=durations[0].span, why=why)
    spoken_for = {clue.at: clue.key for clue in found}
    noticed = min((clue.at for clue in found if clue.key == "detected"), default=end.at)
    free = [
        one
        for one in mentions
        if one.at < min(noticed, end.at) and spoken_for.get(one.at) in {None, "mitigated"}
    ]
    if not free:
        return None
    first = min(free, key=lambda one: one.at)
    sure = first.sure and first.at not in spoken_for
    return Moment(
        "started", first.at, sure=sure, span=first.span, why="It is the earliest time before the end."
    )


def _resolved(
    later: Sequence[Clue],
    started: Moment,
    entries: Sequence[Entry],
    durations: Sequence[Measure],
) -> Moment | None:
    after = [clue for clue in later if clue.at > started.at]
    best = _best(after, "resolved", last=True)
    if best is not None:
        return best
    if durations:
        minutes = durations[0].value
        at = started.at + timedelta(seconds=float(minutes * Fraction(60)))
        why = "The text says how long it lasted, and that is counted from the start."
        return Moment("resolved", at, sure=True, span=durations[0].span, why=why)
    mitigated = _best(after, "mitigated", last=True)
    if mitigated is not None:
        why = "Nothing says that it was over; this is when it was mitigated."
        return Moment("resolved", mitigated.at, sure=False, span=mitigated.span, why=why)
    times = [(one.at, one.span) for one in entries if one.at > started.at]
    if not times or len(entries) < _FEW:
        return None
    at, span = max(times, key=lambda one: one[0])
    return Moment(
        "resolved", at, sure=False, span=span, why="It is the last time in the text; nothing says more."
    )
