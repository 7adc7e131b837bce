"""What has no honest number: support load, other teams, reputation. Four steps, and a sentence for each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """How much something weighed."""

    NONE = "none"
    SMALL = "small"
    NOTICEABLE = "noticeable"
    HEAVY = "heavy"


class Area(StrEnum):
    """What the scale is used for."""

    SUPPORT = "support"
    TEAMS = "teams"
    REPUTATION = "reputation"


_WORDS: Final[Mapping[Area, Mapping[Step, str]]] = {
    Area.SUPPORT: {
        Step.NONE: "The support desk noticed nothing.",
        Step.SMALL: "The support desk had some extra contacts and kept up.",
        Step.NOTICEABLE: "The support desk was busy with it, and people waited longer.",
        Step.HEAVY: "The support desk was flooded.",
    },
    Area.TEAMS: {
        Step.NONE: "No other team was held up.",
        Step.SMALL: "Another team was held up for a short time.",
        Step.NOTICEABLE: "Several teams lost part of their day to it.",
        Step.HEAVY: "Many teams dropped their work for it.",
    },
    Area.REPUTATION: {
        Step.NONE: "Nobody outside noticed.",
        Step.SMALL: "A few customers noticed and asked.",
        Step.NOTICEABLE: "Customers complained, and some said so in public.",
        Step.HEAVY: "It hurt our name with customers, and it will take time to mend.",
    },
}


def step_words(area: Area, step: Step) -> str:
    """Return the sentence for one step of one scale, ready to be shown or said."""
    return _WORDS[area][step]
