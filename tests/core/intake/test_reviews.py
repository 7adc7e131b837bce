"""Real reviews, where they are at hand: nine lines of ten that begin with a clock time are read, with that time.

The texts are counted, never quoted. On a clone without them this file is skipped.
"""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fairlead.core.intake import understand

REVIEWS = Path(__file__).parents[4] / "shared" / "data" / "reviews"
NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
# Written apart from the code under test: marks, perhaps a day, a clock time.
BEGINS = re.compile(
    r"[\s>*+|#\-_`~(\[•–—]{0,12}(?:\d{1,3}[.)]\s)?(?:(?:19|20)\d\d-\d\d-\d\d[T ,]\s{0,2})?(\d{1,2}):(\d{2})(?!\d)"
)

pytestmark = pytest.mark.skipif(not REVIEWS.is_dir(), reason="the reviews are not at hand")


def _lines(text):
    offset = 0
    for line in text.split("\n"):
        found = BEGINS.match(line)
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            yield offset, int(found[1]) % 12, int(found[2])
        offset += len(line) + 1


def test_every_review_is_read_within_a_second_and_its_timed_lines_become_entries():
    read_well = 0
    for path in sorted(REVIEWS.glob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        before = time.process_time()
        found = understand(text, now=NOW)
        assert time.process_time() - before < 1, path.name
        zone = ZoneInfo(found.zone.value) if found.zone else UTC
        entries = {entry.span.start: entry for entry in found.entries}
        expected = list(_lines(text))
        right = 0
        for offset, hour, minute in expected:
            entry = entries.get(offset)
            if entry is None:
                continue
            local = entry.at.astimezone(zone)
            named = "the zone (" in entry.why
            right += (
                local.minute % 30 == minute % 30
                if named
                else (local.hour % 12, local.minute) == (hour, minute)
            )
        if len(expected) >= 3:
            assert right >= 0.9 * len(expected), path.name
            read_well += 1
    assert read_well > 50
