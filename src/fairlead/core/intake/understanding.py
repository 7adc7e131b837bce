"""From a text to what it says about an incident, with what is missing named as questions."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from fairlead.core.intake import figures
from fairlead.core.intake.clock import ClockReading
from fairlead.core.intake.dates import DateReading, find_dates
from fairlead.core.intake.harm import customer_saw, said_by
from fairlead.core.intake.headline import title_of
from fairlead.core.intake.moments import clues, entry_clues, moments
from fairlead.core.intake.neardays import find_near_days
from fairlead.core.intake.prose import clocks_in, mentions
from fairlead.core.intake.services import services
from fairlead.core.intake.spoken import last_before
from fairlead.core.intake.timeline import StampedLine, entries, resolved_day, stamped_lines
from fairlead.core.intake.values import Found, Moment, Question, Span, Understanding
from fairlead.core.intake.zones import ZoneReading, named_zone, stated_zone, usual_zone
from fairlead.core.localtime import known_zone

SCANNED: Final = 262_144  # characters in which sentences are read; lines with times are read to the end
TIMELINE: Final = 3  # from so many lines with times on, the timeline is trusted before the prose
SHORT: Final = (
    2_000  # characters; longer texts were written on another day, and their “Tuesday” is not this week's
)
_NOT_THE_DAY: Final = ("modified", "updated", "created", "published", "date:", "fetched", "copyright")
_LEAD: Final = 80  # characters before a day on its line that can say what day it is

ADD_CURRENCY: Final = "Add one, such as EUR or USD."  # a note that ends so is answered by a cost

QUESTIONS: Final[dict[str, Question]] = {
    question.key: question
    for question in (
        Question("what", "What happened?", "A sentence is enough. It becomes the title of everything below."),
        Question("started", "Since when?", "How long it lasted is part of the honest size."),
        Question("resolved", "Until when?", "How long it lasted is part of the honest size."),
        Question("cost", "What did it cost?", "People hear “it was serious” differently beside a figure."),
        Question(
            "team_size", "How many people are in the team?", "In a small team everybody can guess who it was."
        ),
        Question("zone", "In whose time zone are these times?", "A clock time means nothing without one."),
    )
}


def understand(
    text: str, *, now: datetime, zone: str | None = None, date: date | None = None
) -> Understanding:
    """Return what the text says about an incident.

    `now` is an aware datetime; a time without a day is placed on the last such time before it. `zone` is an
    IANA name for times that carry none; it outranks what the text says about itself, because somebody chose
    it. `date` is the day of times without one. Raises LocalTimeError for an unknown zone. Never fails on any
    text.
    """
    scanned = text[:SCANNED]
    notes: list[str] = []
    clocks = clocks_in(scanned)
    found_zone = _zone(
        scanned, zone, [(clock.zone, Span(clock.start, clock.end)) for clock in clocks if clock.zone]
    )
    rules = known_zone(found_zone.value if found_zone else "UTC")
    today = now.astimezone(rules).date()
    days = [read for read in find_dates(scanned) if _is_incident_day(scanned, read)]
    near = [] if days or len(text) > SHORT else list(find_near_days(scanned, today=today))
    year = next((read.year for read in days if read.year), None)
    stamped = stamped_lines(text, today=today, year=year)
    found_day = _day(date, days or near, stamped, clocks, now=now, today=today, year=year, zone=found_zone)
    base = found_day.value if found_day else today
    clocks = last_before(clocks, now.astimezone(rules).time())
    timeline = entries(stamped, zone=rules, day=base)
    trusted = len(timeline) >= TIMELINE
    if trusted:
        clocks = last_before(
            clocks_in(scanned, [entry.span for entry in timeline]), now.astimezone(rules).time()
        )
    spoken = mentions(scanned, clocks, zone=rules, base=base, today=today, year=year, near=near)
    all_clues = clues(spoken, beside_timeline=trusted) + (entry_clues(timeline) if trusted else ())
    measured = tuple(figures.measures(scanned))
    durations = [one for one in measured if one.key == "duration"]
    found_moments = moments(all_clues, timeline if trusted else (), spoken, durations)
    amounts = tuple(figures.money(scanned))
    notes.extend(_notes(days, found_moments, now, is_cut=len(text) > SCANNED))
    if near and any(read.either for read in near):
        notes.append(f"The weekday is read as the last one, {base.day} {base:%B %Y}. Please check the dates.")
    if not amounts and (amount := figures.without_currency(scanned)):
        notes.append(f"“{amount}” has no currency, so it was left out. {ADD_CURRENCY}")
    team = figures.team_size(scanned)
    title = title_of(text)
    return Understanding(
        title=title,
        customer_saw=customer_saw(scanned) or said_by(title),
        zone=found_zone,
        day=found_day,
        entries=timeline,
        moments=found_moments,
        money=amounts,
        measures=measured,
        services=services(scanned),
        team_size=team,
        missing=_missing(title, found_moments, has_money=bool(amounts), team=team, zone=found_zone),
        notes=tuple(notes),
    )


def _zone(text: str, given: str | None, spoken: list[tuple[ZoneReading, Span]]) -> Found[str] | None:
    if given is not None:
        known_zone(given)
        return Found(given, None, "it was given")
    carried = [(read, span) for read, span in spoken if read.label and read.zone]
    return stated_zone(text) or usual_zone(carried) or named_zone(text)


def _is_incident_day(text: str, read: DateReading) -> bool:
    """Say whether a day may be the incident's: not the day a document was changed or published."""
    near = max(0, read.start - _LEAD)
    lead = text[text.rfind("\n", near, read.start) + 1 or near : read.start].lower()
    return not any(word in lead for word in _NOT_THE_DAY)


def _day(
    given: date | None,
    days: list[DateReading],
    stamped: tuple[StampedLine, ...],
    clocks: tuple[ClockReading, ...],
    *,
    now: datetime,
    today: date,
    year: int | None,
    zone: Found[str] | None,
) -> Found[date] | None:
    if given is not None:
        return Found(given, None, "it was given")
    if stamped and stamped[0].section_day is not None:
        return Found(stamped[0].section_day, stamped[0].span, "the day of the first line with a time")
    for read in days:
        day = resolved_day(read, today=today, year=year)
        if day is not None:
            return Found(day, Span(read.start, read.end), "the first day in the text")
    if not stamped and not clocks:
        return None
    first = stamped[0].begun.clock.clock if not clocks else clocks[0].clock
    local = datetime.combine(today, first, known_zone(zone.value if zone else "UTC")).astimezone(UTC)
    if local > now + timedelta(minutes=5):
        return Found(
            today - timedelta(days=1), None, "no day is named, and today it has not been that time yet"
        )
    return Found(today, None, "no day is named, so today is assumed")


def _notes(days: list[DateReading], found: tuple[Moment, ...], now: datetime, *, is_cut: bool) -> list[str]:
    notes: list[str] = []
    if any(read.either for read in days):
        notes.append(
            "A day in the text could be read in two ways (day first or month first). Please check the dates."
        )
    if any(moment.at > now + timedelta(minutes=5) for moment in found):
        notes.append("Some of these times are still to come. Please check the day and the zone.")
    if is_cut:
        notes.append(
            "The text is long. Lines that begin with a time were read to the end, sentences only at the beginning."
        )
    return notes


def _missing(
    title: Found[str] | None,
    found: tuple[Moment, ...],
    *,
    has_money: bool,
    team: Found[int] | None,
    zone: Found[str] | None,
) -> tuple[Question, ...]:
    sure = {moment.key for moment in found if moment.sure}
    answered = {
        "what": title is not None,
        "started": "started" in sure,
        "resolved": "resolved" in sure,
        "cost": has_money,
        "team_size": team is not None,
        "zone": zone is not None,
    }
    return tuple(question for key, question in QUESTIONS.items() if not answered[key])
