"""The one place that knows what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """Return the present moment, aware and in UTC; inside `fixed`, the moment given there."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware, any zone) for this thread or task; for tests and the demo.

    Raises ValueError for a moment without a zone, because guessing its zone would shift it by hours.
    """
    if at.utcoffset() is None:
        raise ValueError("A fixed moment needs a time zone.")
    token = _fixed.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
