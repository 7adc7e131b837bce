"""A zone changes its law with an update of its data: ten on the wall stays ten, and calendars are told."""

import struct
import zoneinfo
from datetime import UTC, time
from zoneinfo import ZoneInfo

import pytest

from fairlead.foundation import clock
from fairlead.foundation.outbox.models import OutboxRow
from fairlead.people.reminding import working_times_set
from fairlead.private.checkins.jobs import look_at_clocks
from tests.private.ninety import THURSDAY, Ninety, after, on, work

pytestmark = pytest.mark.django_db
ZONE = "America/Bogota"  # five hours behind, all year, as its data says today


def write_zone(folder, hours: int) -> None:
    """Write the data of a zone that has one offset for ever, as an update would bring it."""
    where = folder / ZONE
    where.parent.mkdir(parents=True, exist_ok=True)
    body = struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbb", hours * 3600, 0, 0) + b"NEW\0"
    header = b"TZif2" + b"\0" * 15
    where.write_bytes(header + body + header + body + f"\n<-{-hours:02}>{-hours}\n".encode())


@pytest.fixture
def updated(tmp_path):
    """Bring an update of the zones' data, as the machine would see it after a restart; and take it back."""
    before = zoneinfo.TZPATH

    def update() -> None:
        write_zone(tmp_path, -4)
        zoneinfo.reset_tzpath([str(tmp_path), *before])
        ZoneInfo.clear_cache()

    yield update
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


@pytest.fixture
def talk(cast):
    talk = Ninety(cast)
    with clock.fixed(on(THURSDAY, 13)):
        working_times_set(cast.engineer, zone=ZONE, working_week=range(5), country="", region="")
    work(THURSDAY, 14)
    return talk


def hours(talk) -> set[int]:
    return {row.at.astimezone(UTC).hour for row in talk.rows("planned")}


def test_what_was_planned_stays_at_ten_on_the_wall_and_calendars_are_told_that_it_moved(talk, updated):
    assert hours(talk) == {15}
    days, before = talk.days("planned"), {row.pk: row.sequence for row in talk.rows("planned")}
    updated()
    with clock.fixed(on(after(1))):
        look_at_clocks()
    work(after(1), 13)
    assert hours(talk) == {14}
    assert talk.days("planned") == days
    assert {row.pk: row.sequence for row in talk.rows("planned")} == {pk: n + 1 for pk, n in before.items()}
    assert {row.time for row in talk.rows("planned")} == {time(10)}


def test_what_was_held_keeps_its_moment(talk, updated):
    held = talk.hold()
    at = held.at
    updated()
    with clock.fixed(on(after(5))):
        look_at_clocks()
    work(after(5))
    held.refresh_from_db()
    assert held.at == at


def test_where_no_law_changed_nothing_is_laid_anew(talk):
    with clock.fixed(on(after(1))):
        look_at_clocks()
    waiting = set(OutboxRow.objects.filter(kind="checkin_over").values_list("pk", flat=True))
    work(after(1), 13)
    assert set(OutboxRow.objects.filter(kind="checkin_over").values_list("pk", flat=True)) == waiting
    assert {row.sequence for row in talk.rows("planned")} <= {0, 1}
