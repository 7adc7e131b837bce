"""The impact statement: two or three sentences that a manager can say aloud (playbook §2)."""

from dataclasses import dataclass

from fairlead.core.impact_scale import Step
from fairlead.core.playbook.placeholders import fill
from fairlead.core.playbook.schema import Choice, Statement
from fairlead.core.wording import spoken_money


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What is known, as texts that read well in a sentence; empty where nothing is.

    `money` holds low, likely and high in minor units of `currency`, or is None. The three steps are on the scale of
    `core.impact_scale`; None where nobody has said.
    """

    customer_saw: str = ""
    duration: str = ""
    money: tuple[int, int, int] | None = None
    currency: str = ""
    support: Step | None = None
    teams: Step | None = None
    reputation: Step | None = None


def _of_step(choices: tuple[Choice, ...], step: Step | None) -> list[str]:
    return [
        choice.label for choice in choices if step is not None and choice.key == step.value and choice.label
    ]


def statement_sentences(statement: Statement, facts: StatementFacts) -> tuple[str, ...]:
    """Return the honest size of it, sentence by sentence.

    A sentence whose facts are not known is left out, never filled with a guess.
    """
    known = {"customer_saw": facts.customer_saw.strip().rstrip(".!"), "duration": facts.duration}
    lines = statement.size_without_money
    if facts.money is not None:
        low, likely, high = (spoken_money(amount, facts.currency) for amount in facts.money)
        known["money"] = likely
        if low != high:  # a range that sounds like one figure is said as one figure
            known |= {"money_low": low.removeprefix("about "), "money_high": high.removeprefix("about ")}
        lines = statement.size
    said: list[str] = []
    for line in lines:
        for sentence in line.text.split(". "):
            whole = sentence if sentence.endswith((".", "?")) else f"{sentence}."
            wanted = {
                name
                for name in ("customer_saw", "duration", "money", "money_low", "money_high")
                if f"{{{name}}}" in whole
            }
            if all(known.get(name) for name in wanted):
                said.append(fill(whole, known))
    said += _of_step(statement.support, facts.support)
    said += _of_step(statement.teams, facts.teams)
    said += _of_step(statement.reputation, facts.reputation)
    said.append(statement.serious.text)
    return tuple(said)
