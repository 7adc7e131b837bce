"""The words of a notice: the playbook's text filled for whoever reads it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fairlead.core.playbook.placeholders import ALLOWED_IN_NOTICE, fill
from fairlead.core.playbook.reader import load_default
from fairlead.core.visibility import Role
from fairlead.core.working_days import working_days_later
from fairlead.people.selectors import organisation
from fairlead.private.cases.models import Grant, Notice
from fairlead.private.cases.selectors import marks_of, name_of, the_two
from fairlead.private.checkins.models import CheckIn
from fairlead.private.handover.selectors import last_of

ANSWER_WITHIN = 2  # working days to ask for changes of a draft; the team should not wait longer than that


@dataclass(frozen=True, slots=True)
class Words:
    """A notice ready to be read: its title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def _moment(at: datetime | None, zone: str) -> tuple[str, str]:
    if at is None:
        return "a day to be named", "a time to be named"
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%A %-d %B}", f"{local:%H:%M}"


def _filled(key: str, values: dict[str, str]) -> Words:
    notice = load_default().notice(key)
    paragraphs = (" ".join(part.split()) for part in fill(notice.body, values).split("\n\n"))
    return Words(notice.title, tuple(part for part in paragraphs if part))


def _retention() -> dict[str, str]:
    org = organisation()
    return {
        "retention_months": str(org.erase_after_months),
        "longest_months": str(org.erase_unclosed_after_months),
    }


def opening_words(*, manager: str, incident: str) -> Words:
    """Return what the engineer will read when a talk is opened; the manager sees it before."""
    return _filled("case_opened", {"manager": manager, "incident": incident, **_retention()})


def notice_words(notice: Notice, *, zone: str) -> Words:
    """Return a notice in words, its days on the reader's clock."""
    case, two = notice.case, the_two(notice.case)
    asked = last_of(case)
    manager = two.then(Role.MANAGER, notice.made_at)
    author = manager if notice.mark == marks_of(case)[Role.ENGINEER] else two.engineer
    rater = Grant.objects.filter(case=case, role=Role.SECOND_RATER).order_by("-starts_at").first()
    day, time = "", ""
    until = _moment(rater.ends_at, zone)[0] if rater else ""
    if "time" in ALLOWED_IN_NOTICE[notice.key]:
        checkin = CheckIn.objects.filter(case=case, state=CheckIn.State.PLANNED).first()
        day, time = _moment(checkin.at if checkin else None, zone)
    elif notice.key == "message_to_read":
        day = _moment(working_days_later(notice.made_at, ANSWER_WITHIN), zone)[0]
    elif rater is not None:
        day = _moment(rater.starts_at, zone)[0]
    values = {
        "manager": manager,
        "next": name_of(asked.to) if asked else "",
        "author": author,
        "incident": case.incident.title if case.incident else "an incident",
        "rater": name_of(rater.mark) if rater else "",
        "day": day,
        "time": time,
        "until": until,
        "erased_on": f"{case.erase_on:%-d %B %Y}",
        **_retention(),
    }
    return _filled(notice.key, values)
