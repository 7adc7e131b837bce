"""The first draft of the message to the team: filled from the commons only, so that it can name nobody."""

from dataclasses import dataclass

from fairlead.core.playbook.placeholders import fill, placeholders
from fairlead.core.playbook.schema import Team


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What the commons knows, as texts that read well inside a sentence; empty where nothing is known.

    `how` is the mechanism's `in_a_sentence`; `improvements` are whole lines; `improvements_by` is a day in words.
    """

    when: str = ""
    customer_saw: str = ""
    duration: str = ""
    how: str = ""
    improvements: tuple[str, ...] = ()
    improvements_by: str = "the end of next week"


_UNKNOWN = {
    "when": "that day",
    "customer_saw": "[what customers saw]",
    "duration": "[how long]",
    "how": "[how it came about]",
}


def team_draft(team: Team, facts: TeamFacts) -> str:
    """Return the draft: a subject line and paragraphs. What is not known stands in square brackets, to be filled."""
    lines = "\n".join(f"- {line}" for line in facts.improvements)
    values = {
        "when": facts.when or _UNKNOWN["when"],
        "customer_saw": facts.customer_saw.strip().rstrip(".") or _UNKNOWN["customer_saw"],
        "duration": facts.duration or _UNKNOWN["duration"],
        "how": facts.how or _UNKNOWN["how"],
        "improvements": lines,
    }
    paragraphs = [fill(team.subject, {"when": values["when"]})]
    for paragraph in team.template:
        if "improvements" in placeholders(paragraph) and not lines:
            if paragraphs[-1].endswith(":"):
                paragraphs.pop()  # the sentence that announces a list that is not there
            paragraphs.append(fill(team.no_improvements_yet, {"improvements_by": facts.improvements_by}))
        else:
            paragraphs.append(fill(paragraph, values))
    return "\n\n".join(paragraphs)
