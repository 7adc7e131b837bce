"""How long to wait before trying again."""

from datetime import timedelta

FIRST = timedelta(seconds=15)
LONGEST = timedelta(hours=6)
_DOUBLINGS = 16  # enough to pass LONGEST; keeps the power small for any count of attempts


def delay(attempts: int, jitter: float) -> timedelta:
    """Return how long to wait after so many failed attempts (1 or more).

    The wait doubles from 15 seconds up to 6 hours; `jitter` (0 up to 1, drawn by the caller) spreads it over
    the upper half, so that work which failed together does not come back together. Raises ValueError outside
    these ranges.
    """
    if attempts < 1 or not 0 <= jitter <= 1:
        raise ValueError("attempts starts at 1 and jitter lies between 0 and 1.")
    whole = min(FIRST * 2 ** min(attempts - 1, _DOUBLINGS), LONGEST)
    return whole * (0.5 + jitter / 2)
