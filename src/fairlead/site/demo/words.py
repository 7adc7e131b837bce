"""What the two of the story say and write in the ninety days. All of it is made up."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ACCOUNT = (
    "I wanted to move the shop's traffic to the new core pair. I ran the whole change guide; the lab showed nothing. "
    "At 14:31 I saw the traffic fall and wrote it into the channel at once. I did not know of the second default route "
    "on the old border pair; the lab has only one."
)
NOTES = {
    "concern": "Came in pale. We began with how the afternoon had been, not with the routers.",
    "facts": "Every step of the guide was done. The lab has one route less than production.",
    "impact": "Went through the hour with the shop down. Nothing needed adding: it was understood before I said it.",
    "agree": "The comparison with production before every rollout; the route in the lab is mine to get.",
}
ANSWERS = {
    "concern": "yes",
    "harm_intended": "no",
    "health": "no",
    "process_known": "yes",
    "process_workable": "yes",
    "chosen": "no",
    "repeat": "no",
}
EVIDENCE = {
    "concern": "The change went to both routers at 14:27, by the change log.",
    "harm_intended": "Nothing points to it.",
    "process_known": "The change guide, shown in the first week.",
    "process_workable": "The last ten changes followed it.",
    "chosen": "No step was left out.",
    "repeat": "The first one.",
}
REASONS = "The guide was followed to the end. The lab could not show what production has."
FACTORS = (
    {
        "question": "A1",
        "leaf": "lab_differs",
        "words": "The lab has one default route less than production",
    },
    {
        "question": "A3",
        "leaf": "other",
        "words": "The change went to both core routers at once",
    },
)
MESSAGE = (
    "A routing change passed every step of our process and still took the shop down for 65 minutes. "
    "So the process is what we change: the lab gets the second default route of production, and changes to the core go "
    "out one router at a time. Thank you to everybody who noticed, helped and answered customers."
)
MOVES_ON = 16  # the day of the follow-up on which the engineer moves a check-in


GROWTH = (
    "You ask for a second look before every change of the border pair, and you said so in front of the team."
)
LEARNED = (
    "That asking before the window costs a minute. I keep the comparison, also for changes that look small."
)


def promises(today: date) -> list[tuple[str, str, dict[str, object]]]:
    """Return who owes what: side, words, and a day or how often."""
    return [
        (
            "engineer",
            "I compare the change with the routes of production before every rollout.",
            {"cadence": "with every change, even when it is late"},
        ),
        (
            "manager",
            "The lab gets the second default route. If it cannot, the date of the next change moves.",
            {"due_on": today + timedelta(days=14)},
        ),
        (
            "organisation",
            "Changes to the core go out one router at a time, and the change window allows for it.",
            {"due_on": today + timedelta(days=60)},
        ),
    ]


@dataclass(frozen=True)
class CheckInSaid:
    """What was said at one check-in; `promises` by who owes them."""

    said: str
    noted: str
    wellbeing: str = ""
    work: str = ""
    promises: dict[str, tuple[str, str]] = field(default_factory=dict)


CHECK_INS = (
    CheckInSaid(
        "I slept little. At the keyboard I read every line three times.",
        "Tired, and open about it. Told them what I see: careful work, not a broken engineer.",
        wellbeing="Replaying the afternoon at night. I called the number you gave me, and it helped to talk.",
    ),
    CheckInSaid(
        "Better. Two small changes went out. I asked for a second look at both, although nobody needs one.",
        "Asked for approvals that are theirs to give. Named three kinds of change that are theirs alone.",
        work="The next change on the border pair, side by side.",
        promises={"engineer": ("kept", "The comparison stands in both changes.")},
    ),
    CheckInSaid("", ""),  # nobody had time for this one
    CheckInSaid(
        "We missed yesterday, and I noticed that I had wanted to talk. The lab has its second route.",
        "I missed it, not them; said so first. The route came on the day.",
        promises={"manager": ("kept", "The lab shows both default routes since Monday.")},
    ),
    CheckInSaid(
        "The border change went out on Tuesday. My hands were cold, and it was fine.",
        "Did it alone in the end; I only sat there.",
        work="The border change, from plan to rollout.",
        promises={"organisation": ("not_talked", "")},
    ),
    CheckInSaid(
        "I showed the comparison to the two new colleagues. It takes five minutes now.",
        "Leads the work on the test. Speaks in the review again.",
        work="Leading the test for core changes.",
    ),
    CheckInSaid(
        "An ordinary fortnight. I noticed a strange metric before my change and asked first.",
        "Came early with it. Thanked them on the day.",
    ),
    CheckInSaid(
        "Core changes go out one router at a time now. I would have wished for that in spring.",
        "The organisation kept its word as well.",
        work="The change window for the core, with the platform team.",
        promises={"organisation": ("kept", "The last four core changes went out one by one.")},
    ),
    CheckInSaid(
        "I think about the work and no longer about that afternoon.",
        "Ready to close this, I think. Will ask.",
    ),
)


@dataclass(frozen=True)
class Seen:
    """Something the manager saw on a day of the follow-up, and what the engineer answered."""

    day: int
    key: str
    words: str
    answer: str = ""


SIGNALS = (
    Seen(
        6,
        "paralysis",
        "Asked for approval of two changes that need none, and checked the same diff four times.",
        answer="The guide says “when in doubt, ask”. I was in doubt. I would like to know where I need not be.",
    ),
    Seen(19, "early_word", "Raised a route that looked odd before the change, and waited for an answer."),
    Seen(40, "shares_lesson", "Showed two colleagues how to compare a change with production."),
)
