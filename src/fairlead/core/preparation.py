"""Everything a manager needs before the talk, as one value: for the terminal, the page and the paper.

It knows an incident and a team, and no person. What is not known is said to be open, never filled in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from fairlead.core.cadence import CheckIn, check_ins
from fairlead.core.conversation import movements_for
from fairlead.core.impact import Impact, as_stated, estimate
from fairlead.core.impact_inputs import Assumption, HourlyProfile, ImpactError, ImpactInputs, Range
from fairlead.core.impact_scale import Step
from fairlead.core.intake.answers import Cost
from fairlead.core.localtime import minutes_between
from fairlead.core.playbook.schema import Line, Movement, OwnState, Playbook, Team, Trap, Wellbeing
from fairlead.core.statement import StatementFacts, statement_sentences
from fairlead.core.team_draft import TeamFacts, team_draft
from fairlead.core.wording import duration_words, format_money
from fairlead.core.working_days import working_days_later

SMALL_TEAM: Final = 8  # below this, details give a person away as surely as a name
_DAYS_TO_IMPROVEMENTS: Final = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the incident when somebody prepares.

    `started` and `resolved` are UTC, shown in `zone` (an IANA name). `cost` is what somebody said, or a rate per
    hour; `share` the share of customers affected. `mechanism` is a key of the playbook. `talk_on` is the
    day of the talk. None or an empty text where nobody knows.
    """

    title: str
    customer_saw: str
    zone: str
    talk_on: date
    started: datetime | None = None
    resolved: datetime | None = None
    cost: Cost | None = None
    share: Range | None = None
    support: Step | None = None
    teams: Step | None = None
    reputation: Step | None = None
    mechanism: str | None = None
    team_size: int | None = None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to read, to say, to avoid and to bring.

    `when` and `duration` are words, empty when not known. `statement` are the sentences of the honest size;
    one of `clearly_know` and `not_yet_grasped` follows it. `movements` are the six of the talk, the third with
    the statement in it. `team_draft` names nobody. `still_open` says what is not known and what to do about it.
    """

    title: str
    when: str
    duration: str
    statement: tuple[str, ...]
    clearly_know: tuple[Line, ...]
    not_yet_grasped: tuple[Line, ...]
    assumptions: tuple[Assumption, ...]
    first_lines: tuple[Line, ...]
    traps: tuple[Trap, ...]
    movements: tuple[Movement, ...]
    team_draft: str
    team: Team
    check_ins: tuple[CheckIn, ...]
    own_state: OwnState
    wellbeing: Wellbeing
    bring: tuple[str, ...]
    still_open: tuple[str, ...]
    zone: str
    talk_on: date
    playbook: str


def prepare(facts: Facts, playbook: Playbook) -> Preparation:
    """Return the preparation. Raises ImpactError when the cost cannot be counted, KeyError for an unknown mechanism."""
    impact = impact_of(facts)
    duration = _duration(facts)
    money = None
    if facts.cost is not None and (impact is not None or facts.cost.total is not None):
        total = impact.total if impact is not None else Range(*(facts.cost.total or (0, 0, 0)))
        money = (int(total.low), int(total.likely), int(total.high))
    statement = statement_sentences(
        playbook.statement,
        StatementFacts(
            customer_saw=facts.customer_saw,
            duration=duration,
            money=money,
            currency=facts.cost.currency if facts.cost else "",
            support=facts.support,
            teams=facts.teams,
            reputation=facts.reputation,
        ),
    )
    mechanism = next((one for one in playbook.mechanisms if one.key == facts.mechanism), None)
    if facts.mechanism is not None and mechanism is None:
        raise KeyError(facts.mechanism)
    follow_up = check_ins(playbook.cadence, facts.talk_on)
    movements = movements_for(playbook, type_number=None, statement=statement)
    draft = team_draft(
        playbook.team,
        TeamFacts(
            when=_day_of(facts),
            customer_saw=facts.customer_saw,
            duration=duration,
            how=mechanism.in_a_sentence if mechanism else "",
            improvements_by=_day_words(_working_day(facts.talk_on, _DAYS_TO_IMPROVEMENTS)),
        ),
    )
    return Preparation(
        title=facts.title,
        when=_when(facts),
        duration=duration,
        statement=statement,
        clearly_know=playbook.statement.clearly_know,
        not_yet_grasped=playbook.statement.not_yet_grasped,
        assumptions=impact.assumptions if impact is not None else (),
        first_lines=movements[0].opening,
        traps=playbook.traps,
        movements=movements,
        team_draft=draft,
        team=playbook.team,
        check_ins=follow_up,
        own_state=playbook.own_state,
        wellbeing=playbook.wellbeing,
        bring=_bring(follow_up),
        still_open=_still_open(facts, has_money=money is not None),
        zone=facts.zone,
        talk_on=facts.talk_on,
        playbook=f"{playbook.id} {playbook.version}",
    )


def impact_of(facts: Facts) -> Impact | None:
    """Return the impact where times and a cost or a rate are known, else None. Raises ImpactError."""
    if facts.cost is None or facts.started is None or facts.resolved is None:
        return None
    if facts.cost.total is not None:
        return as_stated(facts.started, facts.resolved, facts.cost.currency, Range(*facts.cost.total))
    return estimate(
        ImpactInputs(
            started=facts.started,
            ended=facts.resolved,
            zone=facts.zone,
            currency=facts.cost.currency,
            profile=HourlyProfile.flat(facts.cost.rate or 0),
            share=facts.share,
        )
    )


def _duration(facts: Facts) -> str:
    if facts.started is None or facts.resolved is None:
        return ""
    return duration_words(minutes_between(facts.started, facts.resolved))


def _when(facts: Facts) -> str:
    if facts.started is None:
        return ""
    zone = ZoneInfo(facts.zone)
    begun = facts.started.astimezone(zone)
    words = f"{_day_words(begun.date())} {begun.year}, {begun:%H:%M}"
    if facts.resolved is None:
        return f"{words} ({facts.zone})"
    ended = facts.resolved.astimezone(zone)
    end = f"{ended:%H:%M}" if ended.date() == begun.date() else f"{_day_words(ended.date())}, {ended:%H:%M}"
    return f"{words} to {end} ({facts.zone})"


def _day_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def _day_of(facts: Facts) -> str:
    """Return the day of the incident in words, with its year when it was another year's."""
    if facts.started is None:
        return ""
    day = facts.started.astimezone(ZoneInfo(facts.zone)).date()
    return _day_words(day) if day.year == facts.talk_on.year else f"{_day_words(day)} {day.year}"


def _working_day(day: date, later: int) -> date:
    return working_days_later(datetime(day.year, day.month, day.day), later).date()  # noqa: DTZ001 -- only its day is used


def _bring(follow_up: tuple[CheckIn, ...]) -> tuple[str, ...]:
    """Return what to have ready. The date of the next talk is filled in."""
    next_talk = f" I suggest {_day_words(follow_up[0].day)}." if follow_up else ""
    return (
        "A room with a door, half an hour with nothing booked behind it, and water for two.",
        "The card, on paper. No laptop, and the phone face down.",
        "One piece of good work of theirs, a real one, with its day. You will need it in movement 4.",
        "What you may say when they ask whether they will be fired. Find out before you go in; do not guess in there.",
        "Something you can promise from your side, with a day: a change to the process, time, training.",
        f"Your calendar, for the next talk.{next_talk}",
        "The number of confidential help: the assistance line, the occupational doctor, a crisis line.",
    )


def _still_open(facts: Facts, *, has_money: bool) -> tuple[str, ...]:
    found: list[str] = []
    if not facts.customer_saw:
        found.append("What customers saw is not said yet. Put it into one plain sentence before you go in.")
    if facts.started is None or facts.resolved is None:
        found.append("How long it lasted is not clear yet. Leave it out, or say that you do not know.")
    if not has_money and facts.cost is not None:
        rate = format_money(facts.cost.rate or 0, facts.cost.currency)
        found.append(
            f"An hour brings in {rate}. Once it is known how long it lasted, the cost can be worked out."
        )
    elif not has_money:
        found.append("What it cost is not known yet. Say so, and do not guess a figure in the room.")
    if facts.mechanism is None:
        found.append("How it came about is open. You are going in to hear that, not to tell it.")
    if facts.team_size is not None and facts.team_size < SMALL_TEAM:
        found.append(
            f"In a team of {facts.team_size} everybody may guess who it was, with or without a name. Tell the engineer "
            "that before the message goes out, and let them read it first."
        )
    return tuple(found)


__all__ = ["Facts", "ImpactError", "Preparation", "impact_of", "prepare"]
