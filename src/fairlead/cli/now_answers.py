"""The answers of `fairlead now`: what flags say, what the text says, what a person answers, in this order."""

import argparse
import re
import unicodedata
import uuid
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from fairlead.core.impact_inputs import Range
from fairlead.core.impact_scale import Step
from fairlead.core.intake import ADD_CURRENCY, Understanding, understand
from fairlead.core.intake.answers import (
    Cost,
    Interval,
    read_cost,
    read_interval,
    read_team_size,
    read_zone,
    says_unknown,
)
from fairlead.core.intake.figures import support_flooded
from fairlead.core.localtime import LocalTimeError, known_zone, minutes_between
from fairlead.core.playbook.schema import Playbook
from fairlead.core.preparation import Facts, Preparation
from fairlead.core.talkfile import TalkEntry, TalkFile, TalkTimes
from fairlead.core.wording import duration_words, format_money

LONGEST: Final = 240
LONGEST_OUTAGE: Final = timedelta(days=366)
_NEAR: Final = 80
_LONGEST_LINE: Final = 2_000  # of what becomes a title or a sentence; a whole log is never shown as one
# "…, the shop was down until 15:32, about USD 180,000": a clause of its own that ends the line.
_OWN_CLAUSE: Final = re.compile(
    r"[,;:(–—-]\s*(?:(?:about|around|roughly|some|nearly|over|approximately)\s|~\s?)?$", re.IGNORECASE
)
_ENDS_LINE: Final = re.compile(r"[.!)]{0,2}[ \t]*(?:\n|$)")
_COST_WORDS: Final = ("cost", "revenue", "loss", "lost", "sales", "damage", "orders worth")
_NOT_KNOWN: Final = "not known yet"


class AnswerError(Exception):
    """A flag that cannot be read; the text says which, and what would do."""


def visible(text: str, longest: int = LONGEST) -> str:
    """Return one line without control characters and without marks that turn text around, cut to a length."""
    kept = "".join(
        one if unicodedata.category(one) not in {"Cc", "Cf", "Cs"} or one == "\u200d" else " " for one in text
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[:longest].rstrip() + "…"


class Answers:
    """Everything known so far. Built from the text and the flags, completed by asking."""

    def __init__(self, text: str, args: argparse.Namespace, *, now: datetime) -> None:
        self.text = text
        self.now = now
        self.said: dict[str, str] = {}
        self.zone_given = _flag_zone(args.zone)
        self.understood = understand(text, now=now, zone=self.zone_given)
        self.first_missing = [question.key for question in self.understood.missing]
        if self.cost_in_doubt() and "cost" not in self.first_missing:
            self.first_missing.append("cost")
        self.zone = self.zone_given or (self.understood.zone.value if self.understood.zone else "")
        if not self.zone:
            from fairlead.cli.now import machine_zone  # noqa: PLC0415 - the command imports this module late

            self.take_zone(_known_or_utc(machine_zone()))
        told = self.understood.title.value if self.understood.title else text
        self.title = visible(
            args.title or _naming_nobody(told), 110
        )  # a title that was given may name somebody
        saw = self.understood.customer_saw
        self.customer_saw = visible(_naming_nobody(saw.value)) if saw else ""
        self.interval_said, self.until_said = args.since or "", args.until or ""
        self.interval_typed = False
        for said in (self.interval_said, self.until_said):
            if said and self._read(said) is None:
                raise AnswerError(
                    f"“{visible(said, 60)}” has no time in it that I can read. Write it like 14:27."
                )
        self.cost = _flag_cost(args) or _cost_in(text, self.understood)
        self.cost_given = bool(args.cost or args.rate)
        self.team_size = _flag_team(args.team_size)
        if self.team_size is None and self.understood.team_size is not None:
            self.team_size = self.understood.team_size.value or None
        self.team_given = args.team_size is not None
        if problem := self.problem():
            raise AnswerError(problem)

    def cost_in_doubt(self) -> bool:
        """Say whether the text has amounts of money and none of them stands beside a word for cost."""
        return bool(self.understood.money) and _cost_in(self.text, self.understood) is None

    def take_zone(self, zone: str) -> None:
        """Use a zone for every time that carries none, and read the text again in it."""
        self.zone = zone
        self.understood: Understanding = understand(self.text, now=self.now, zone=zone)

    def interval(self) -> Interval | None:
        """Return since when and until when, as said or else as the text tells it; None when neither does."""
        started, resolved = self.understood.moment("started"), self.understood.moment("resolved")
        told = Interval(started.at, resolved.at if resolved else None) if started else None
        said = self._read(self.interval_said) or told
        until = self._read(self.until_said)
        if said is None:
            return None
        if until is not None:
            later = until.started if until.started >= said.started else until.started + timedelta(days=1)
            return Interval(said.started, later)
        if said.resolved is None and told is None and resolved is not None and resolved.at >= said.started:
            return Interval(said.started, resolved.at)  # the text told the end alone, the answer the start
        if said.resolved is None and not self.interval_typed and told and told.resolved:
            return Interval(said.started, told.resolved if told.resolved >= said.started else None)
        return said

    def _read(self, said: str) -> Interval | None:
        day = self.understood.day
        named = day.value if day is not None and day.span is not None else None
        return read_interval(said, now=self.now, zone=self.zone, day=named) if said else None

    def problem(self) -> str:
        """Return what cannot be right about the times, in a sentence, or an empty text."""
        read = self.interval()
        if read is None:
            return ""
        if read.started > self.now + timedelta(minutes=5):
            return f"The start ({self.interval_words()}) is still to come. Check the day and the zone."
        if read.resolved is not None and read.resolved - read.started > LONGEST_OUTAGE:
            return "That would be more than a year. Check the times, or give them with --since and --until."
        return ""

    def missing(self) -> list[str]:
        """Return the keys of what neither the text nor a flag told."""
        known = {
            "started": bool(self.interval_said),
            "resolved": bool(self.until_said) or (bool(self.interval_said) and self.interval_typed),
            "cost": self.cost_given or self.cost is not None,
            "team_size": self.team_given or self.team_size is not None,
            "zone": self.zone_given is not None or "zone" in self.said,
        }
        return [key for key in self.first_missing if not known.get(key, False)]

    def notes(self) -> tuple[str, ...]:
        """Return the doubts about how the text was read."""
        if self.cost is None:
            return self.understood.notes
        return tuple(note for note in self.understood.notes if not note.endswith(ADD_CURRENCY))

    def overview(self) -> list[str]:
        """Return what is known, one numbered line each."""
        return [
            f"1  What happened    {self.title}",
            f"2  When             {self.interval_words()}",
            f"3  Cost             {self.cost_words()}",
            f"4  Team             {self.team_words()}",
            f"5  Time zone        {self.zone}",
            f"6  Customers saw    {self.customer_saw or _NOT_KNOWN}",
        ]

    def interval_words(self) -> str:
        """Return since when and until when in words, in the zone."""
        read = self.interval()
        rules = known_zone(self.zone)
        if read is None:
            end = self.understood.moment("resolved")
            if end is None:
                return _NOT_KNOWN
            return f"since: {_NOT_KNOWN}, until {end.at.astimezone(rules):%A %H:%M}"
        begun = read.started.astimezone(rules)
        words = f"{begun:%A} {begun.day} {begun:%B %Y, %H:%M}"
        if read.resolved is None:
            return f"{words}, until: {_NOT_KNOWN}"
        ended = read.resolved.astimezone(rules)
        day = "" if ended.date() == begun.date() else f"{ended:%A} {ended.day} {ended:%B}, "
        return (
            f"{words} to {day}{ended:%H:%M} ({duration_words(minutes_between(read.started, read.resolved))})"
        )

    def cost_words(self) -> str:
        """Return the cost in words."""
        return cost_said(self.cost) if self.cost else _NOT_KNOWN

    def team_words(self) -> str:
        """Return the team's size in words."""
        return f"{self.team_size} people" if self.team_size else _NOT_KNOWN

    def facts(self) -> Facts:
        """Return what is known, for the preparation."""
        read = self.interval()
        share = self._share()
        return Facts(
            title=self.title,
            customer_saw=self.customer_saw,
            zone=self.zone,
            talk_on=self.now.astimezone(known_zone(self.zone)).date(),
            started=read.started if read else None,
            resolved=read.resolved if read else None,
            cost=self.cost,
            share=None if share is None else Range.exactly(share),
            support=self._support(),
            team_size=self.team_size,
        )

    def talk(self, preparation: Preparation, playbook: Playbook, *, talk_id: uuid.UUID) -> TalkFile:
        """Return what a server can adopt."""
        read = self.interval()
        detected, mitigated = self.understood.moment("detected"), self.understood.moment("mitigated")
        inside = [
            one.at if one and read and read.started <= one.at else None for one in (detected, mitigated)
        ]
        return TalkFile(
            id=talk_id,
            made_at=self.now.replace(microsecond=0),
            playbook_id=playbook.id,
            playbook_version=playbook.version,
            title=self.title,
            customer_saw=self.customer_saw,
            zone=self.zone,
            times=TalkTimes(
                read.started if read else None, inside[0], inside[1], read.resolved if read else None
            ),
            entries=tuple(TalkEntry(entry.at, entry.text) for entry in self.understood.entries),
            cost=self.cost,
            share=self._share(),
            support=self._support(),
            mechanism=None,
            team_size=self.team_size,
            talk_on=preparation.talk_on,
            check_ins=tuple(one.day for one in preparation.check_ins),
            text=self.text,
        )

    def unfinished(self) -> str:
        """Return what was typed so far, in a form that `fairlead now` understands again."""
        labels = {
            "saw": "Impact",
            "interval": "Down from",
            "cost": "Cost",
            "team": "Team size",
            "zone": "Time zone",
        }
        lines = [f"{labels[key]}: {answer}" for key, answer in self.said.items()]
        return "\n".join([self.text.rstrip(), "", *lines]).rstrip() + "\n"

    def _share(self) -> Fraction | None:
        return next((one.value for one in self.understood.measures if one.key == "share"), None)

    def _support(self) -> Step | None:
        return Step.HEAVY if support_flooded(self.text[: LONGEST * 1000]) else None


def cost_said(cost: Cost) -> str:
    """Return a cost as somebody would type it."""
    if cost.total is None:
        return f"{format_money(cost.rate or 0, cost.currency)} per hour"
    low, _likely, high = cost.total
    if low == high:
        return format_money(low, cost.currency)
    return f"{format_money(low, cost.currency)} to {format_money(high, cost.currency)}"


def _cost_in(text: str, understood: Understanding) -> Cost | None:
    """Return the amount that stands beside a word for cost, or by itself at the end of a line, when there is one."""
    for money in understood.money:
        around = text[max(0, money.span.start - _NEAR) : money.span.end + _NEAR].lower()
        if money.per_hour:
            return Cost(money.currency, None, money.minor)
        own_clause = _OWN_CLAUSE.search(text[: money.span.start]) and _ENDS_LINE.match(text, money.span.end)
        if own_clause or any(word in around for word in _COST_WORDS):
            return Cost(money.currency, (money.minor,) * 3, None)
    return None


def _naming_nobody(text: str) -> str:
    """Return a text with neutral words where it names somebody: what is written here is soon shown to others."""
    from fairlead.core.deidentify.examine import examine  # noqa: PLC0415 - not before the first question is asked
    from fairlead.core.deidentify.neutral import in_neutral_words  # noqa: PLC0415

    line = text[:_LONGEST_LINE]
    return in_neutral_words(line, [one for one in examine(line) if one.level == "direct"])


def _flag_cost(args: argparse.Namespace) -> Cost | None:
    said = args.cost or args.rate
    if not said or says_unknown(said):
        return None
    cost = read_cost(f"{said} per hour" if args.rate and "hour" not in said and "/h" not in said else said)
    if cost is None:
        flag = "--rate" if args.rate else "--cost"
        raise AnswerError(
            f"{flag} “{visible(said, 60)}” is no amount I can read. Write it like “USD 180k”, with a currency."
        )
    return cost


def _flag_team(said: str | None) -> int | None:
    if said is None or says_unknown(said):
        return None
    size = read_team_size(said)
    if size is None:
        raise AnswerError(f"--team-size “{visible(said, 60)}” should be a number from 1 to 1,000.")
    return size


def _flag_zone(said: str | None) -> str | None:
    if said is None:
        return None
    try:
        return read_zone(said)
    except LocalTimeError as error:
        raise AnswerError(f"--zone: {error.message}") from None


def _known_or_utc(zone: str) -> str:
    try:
        return known_zone(zone).key
    except LocalTimeError:
        return "UTC"
