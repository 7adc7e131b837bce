"""What other tools write about incidents, read into one shape: pure functions from bytes to incidents.

Every reader takes what a file holds and gives back a `Reading`: the incidents in it, and in plain sentences
what could not be read. None of them fails on any input, opens a file, or knows the time.
"""

from fairlead.core.importing.alertmanager import read_alertmanager
from fairlead.core.importing.merging import merged
from fairlead.core.importing.pagerduty import read_pagerduty
from fairlead.core.importing.prose import read_review, read_text
from fairlead.core.importing.slack import read_slack
from fairlead.core.importing.table import FIELDS, read_table
from fairlead.core.importing.values import (
    ImportedEntry,
    ImportedIncident,
    ImportedTimes,
    Reading,
)

__all__ = [
    "FIELDS",
    "ImportedEntry",
    "ImportedIncident",
    "ImportedTimes",
    "Reading",
    "merged",
    "read_alertmanager",
    "read_pagerduty",
    "read_review",
    "read_slack",
    "read_table",
    "read_text",
]
