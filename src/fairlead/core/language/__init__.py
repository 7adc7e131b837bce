"""The coach: words that keep people talking. `lint` says where a text may do harm, why, and what could stand there."""

from fairlead.core.language.engine import lint
from fairlead.core.language.finding import Audience, Finding, Level, Options, OwnRule, Roster

__all__ = ["Audience", "Finding", "Level", "Options", "OwnRule", "Roster", "lint"]
