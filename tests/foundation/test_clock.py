import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fairlead.foundation import clock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_now_is_aware_and_in_utc_and_goes_on():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_a_fixed_clock_stands_still_and_goes_on_afterwards():
    with clock.fixed(NOON):
        assert clock.now() == clock.now() == NOON
        with clock.fixed(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_a_fixed_moment_of_another_zone_is_told_in_utc():
    with clock.fixed(datetime(2026, 11, 22, 13, tzinfo=timezone(timedelta(hours=1)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock.fixed(NOON.replace(tzinfo=None)):
        pass


def test_the_clock_goes_on_when_the_work_inside_fails():
    with pytest.raises(RuntimeError), clock.fixed(NOON):
        raise RuntimeError
    assert clock.now() != NOON


def test_a_clock_fixed_in_one_thread_goes_on_in_another():
    seen = []
    with clock.fixed(NOON):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != NOON
