from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.backoff import FIRST, LONGEST, delay


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 15), (2, 30), (3, 60), (11, 15_360), (12, 21_600), (10_000, 21_600)]
)
def test_the_wait_doubles_up_to_six_hours(attempts, seconds):
    assert delay(attempts, 1.0) == timedelta(seconds=seconds)
    assert delay(attempts, 0.0) == timedelta(seconds=seconds) / 2


@given(st.integers(1, 100), st.floats(0, 1), st.floats(0, 1))
def test_more_attempts_or_more_jitter_never_wait_less(attempts, jitter, more):
    low, high = sorted((jitter, more))
    assert FIRST / 2 <= delay(attempts, low) <= delay(attempts, high) <= LONGEST
    assert delay(attempts, low) <= delay(attempts + 1, low)


@pytest.mark.parametrize(
    ("attempts", "jitter"), [(0, 0.5), (-1, 0.5), (1, -0.1), (1, 1.1), (1, float("nan"))]
)
def test_nonsense_is_refused(attempts, jitter):
    with pytest.raises(ValueError, match="jitter"):
        delay(attempts, jitter)
