"""The questions of `fairlead now`, asked only for what is missing, and the look at everything before it is written."""

from collections.abc import Callable
from typing import Final

from fairlead.cli.asking import AgainError, Asker
from fairlead.cli.now_answers import LONGEST, Answers, cost_said, visible
from fairlead.core.intake.answers import (
    Cost,
    read_cost,
    read_currency,
    read_interval,
    read_team_size,
    read_zone,
    says_unknown,
)
from fairlead.core.localtime import LocalTimeError


def complete(answers: Answers, asker: Asker) -> None:
    """Ask for what is missing, then let the person look at all of it and change what is wrong."""
    if len(answers.text) > LONGEST or "\n" in answers.text.strip():
        asker.say("", f"I read it as: {answers.title}")
    if not answers.customer_saw:
        ask_customer_saw(answers, asker)
    missing = answers.missing()
    asked = (
        ({"started", "resolved"}, ask_interval),
        ({"cost"}, ask_cost),
        ({"team_size"}, ask_team),
        ({"zone"}, ask_zone),
    )
    for keys, question in asked:
        if keys & set(missing):
            question(answers, asker)
    if asker.is_somebody_there:
        _look_again(answers, asker)


def _look_again(answers: Answers, asker: Asker) -> None:
    """Show everything with numbers, until nothing is to be changed and the times can be right."""

    def number(answer: str) -> str:
        if answer.lower() in {"y", "yes", "ok"}:
            return ""
        if answer not in _CHANGES:
            raise AgainError("Press Enter if it is right, or type a number from 1 to 6.")
        return answer

    while True:
        lines = (f"  {line}" for line in answers.overview())
        asker.say("", "This is what I have:", *lines, *answers.notes())
        chosen = asker.ask("Is it right?", default="", shown="Enter, or a number to change", read=number)
        problem = answers.problem()
        if not chosen and (not problem or asker.ended):
            return
        if not chosen:
            asker.say(problem)
            chosen = "2"
        _CHANGES[chosen](answers, asker)


def ask_title(answers: Answers, asker: Asker) -> None:
    """Ask what to call it."""
    title = answers.title
    answers.title = asker.ask(
        "What happened, in one line? Name nobody.", default=title, shown=title, read=visible
    )


def ask_customer_saw(answers: Answers, asker: Asker) -> None:
    """Ask what customers saw: it is said aloud, so it is a sentence of its own."""
    saw = answers.customer_saw

    def read(answer: str) -> str:
        if says_unknown(answer):
            return ""
        answers.said["saw"] = visible(answer)
        return answers.said["saw"]

    question = "And what did customers see? You will say “This is what customers saw: …”, so name nobody."
    answers.customer_saw = asker.ask(question, default=saw, shown=saw or "leave it open", read=read)


def ask_interval(answers: Answers, asker: Asker) -> None:
    """Ask since when and until when."""

    def read(answer: str) -> str:
        if says_unknown(answer):
            return answers.interval_said
        if read_interval(answer, now=answers.now, zone=answers.zone) is None:
            raise AgainError(
                "I need a time, such as “14:27 to 15:32”, “yesterday 22:50 to 00:10” or “40 minutes ago”."
            )
        answers.said["interval"] = answer
        answers.interval_typed, answers.until_said = True, ""
        return answer

    answers.interval_said = asker.ask(
        "2 of 5  Since when, and until when? For example: 14:27 to 15:32",
        default=answers.interval_said,
        shown=answers.interval_words(),
        read=read,
    )


def ask_cost(answers: Answers, asker: Asker) -> None:
    """Ask for a cost or a rate, and for the currency when the figure comes without one."""

    def read(answer: str) -> Cost | None:
        if says_unknown(answer):
            return None
        cost = read_cost(answer)
        if cost is None and read_cost(answer, currency="EUR") is not None:
            question = "In which currency? Three letters, such as EUR or USD."
            currency = asker.ask(question, default="", shown="", read=_currency)
            cost = read_cost(answer, currency=currency) if currency else None
        if cost is None:
            raise AgainError(
                "I need an amount, such as “USD 180k”, “EUR 120k to 200k”, or “USD 165k per hour”."
            )
        answers.said["cost"] = cost_said(cost)
        return cost

    answers.cost = asker.ask(
        "3 of 5  What did it cost, or what does an hour bring in? For example: USD 165k per hour",
        default=answers.cost,
        shown=answers.cost_words(),
        read=read,
    )


def ask_team(answers: Answers, asker: Asker) -> None:
    """Ask how large the team is."""

    def read(answer: str) -> int | None:
        if says_unknown(answer):
            return None
        size = read_team_size(answer)
        if size is None:
            raise AgainError("A number is enough, from 1 to 1,000.")
        answers.said["team"] = str(size)
        return size

    question = "4 of 5  How many people are in the team? In a small one everybody can guess who it was."
    answers.team_size = asker.ask(question, default=answers.team_size, shown=answers.team_words(), read=read)


def ask_zone(answers: Answers, asker: Asker) -> None:
    """Ask in whose time zone the times are, and read them again in it."""

    def read(answer: str) -> str:
        try:
            return read_zone(answer)
        except LocalTimeError as error:
            raise AgainError(error.message) from None

    question = "5 of 5  In whose time zone are these times? For example: Europe/Berlin, New York, UTC"
    zone = asker.ask(question, default=answers.zone, shown=answers.zone, read=read)
    answers.said["zone"] = zone
    if zone != answers.zone:
        answers.take_zone(zone)


def _currency(answer: str) -> str:
    code = read_currency(answer)
    if code is None:
        raise AgainError("Three letters, please, such as EUR, USD, GBP or CHF.")
    return code


_CHANGES: Final[dict[str, Callable[[Answers, Asker], None]]] = {
    "1": ask_title,
    "2": ask_interval,
    "3": ask_cost,
    "4": ask_team,
    "5": ask_zone,
    "6": ask_customer_saw,
}
