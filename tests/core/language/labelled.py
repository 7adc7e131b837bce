"""The labelled sentences, as tests read them."""

from benchmarks.coach_quality import roster as people
from benchmarks.coach_quality import sentences as part

__all__ = ["part", "people"]
