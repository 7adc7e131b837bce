"""The `{placeholders}` of the playbook's texts: which may stand where, and filling them.

A placeholder that nobody fills would be read aloud or sent as it stands, so the reader refuses every
one that its place does not know. Texts of notices are private, those of the team message are commons:
their sets differ on purpose (nothing that names a person is available to the team message).
"""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BRACE = re.compile(r"\{[^{}]*\}|[{}]")

_SIZE = frozenset({"customer_saw", "duration", "money", "money_low", "money_high"})
_TEAM = frozenset({"when", "customer_saw", "duration", "how", "improvements", "improvements_by"})
# What the closing is made of; a line is left out where nothing was recorded for it.
_CLOSURE = frozenset(
    {"growth", "kept_by_engineer", "kept_for_engineer", "seen", "work", "debts", "erased_on"}
)

# The longest matching beginning of the path decides; a place that is not listed allows none.
ALLOWED: Mapping[str, frozenset[str]] = {
    "statement.size": _SIZE,
    "statement.size_without_money": frozenset({"customer_saw", "duration"}),
    "team.subject": frozenset({"when"}),
    "team.template": _TEAM - {"improvements_by"},
    "team.no_improvements_yet": frozenset({"improvements_by"}),
    "leadership": frozenset({"count", "total", "ask", "day"}),
    "cadence": frozenset({"observation"}),
    "closure.lines": _CLOSURE,
    "second_talk.opening": frozenset({"earlier", "delivered"}),
}

# What each notice can be filled with; its title and its neutral subject take none.
ALLOWED_IN_NOTICE: Mapping[str, frozenset[str]] = {
    "case_opened": frozenset({"manager", "incident", "retention_months", "longest_months"}),
    "second_rater_announced": frozenset({"manager", "rater", "day", "until"}),
    "second_rater_invited": frozenset({"manager", "until"}),
    "promise_proposed": frozenset({"author"}),
    "promise_answered": frozenset({"author"}),
    "message_to_read": frozenset({"manager", "day"}),
    "record_contested": frozenset({"author"}),
    "checkin_fixed": frozenset({"day", "time"}),
    "checkin_moved": frozenset({"author", "day", "time"}),
    "checkin_missed": frozenset({"day", "time"}),
    "leave_entered": frozenset({"author", "day", "time"}),
    "pace_changed": frozenset({"author", "day", "time"}),
    "promise_marked": frozenset({"author"}),
    "promise_replied": frozenset({"author"}),
    "signal_noted": frozenset({"author"}),
    "talk_asked": frozenset({"author", "incident"}),
    "agreed": frozenset({"author"}),
    "looked_back": frozenset({"manager"}),
    "formal_escalated": frozenset({"manager"}),
    "formal_accepted": frozenset(),
    "formal_noted": frozenset(),
    "formal_ended": frozenset(),
    "formal_decided": frozenset(),
    "formal_held": frozenset(),
    "formal_hold_ended": frozenset(),
    "checkin_excused": frozenset({"author"}),
    "debt_asked": frozenset({"manager"}),
    "debt_answered": frozenset({"author"}),
    "closure_said": frozenset({"manager"}),
    "closure_not_yet": frozenset({"author"}),
    "case_closed": frozenset({"erased_on"}),
    "erased_soon": frozenset({"erased_on", "longest_months"}),
    "talk_not_begun": frozenset({"incident"}),
    "hand_over_asked": frozenset({"manager", "next"}),
    "hand_over_answered": frozenset({"author"}),
    "hand_over_offered": frozenset(),
    "hand_over_off": frozenset(),
    "handed_over": frozenset({"next"}),
    "nobody_leads": frozenset({"manager"}),
    "leads_no_more": frozenset(),
    "engineer_left": frozenset({"erased_on"}),
    "hr_left": frozenset(),
}

# What a notice must still say after an organisation has adapted it: who sees what, until when.
REQUIRED_IN_NOTICE: Mapping[str, frozenset[str]] = {
    "case_opened": frozenset({"manager", "retention_months", "longest_months"}),
    "second_rater_announced": frozenset({"rater", "until"}),
    "case_closed": frozenset({"erased_on"}),
    "erased_soon": frozenset({"erased_on"}),
    "second_rater_invited": frozenset({"until"}),
    "formal_escalated": frozenset({"manager"}),
    "hand_over_asked": frozenset({"next"}),
    "handed_over": frozenset({"next"}),
    "engineer_left": frozenset({"erased_on"}),
}

# What the closing must still say, whatever its words: what has grown, and the day on which it is erased.
REQUIRED_IN_CLOSURE = frozenset({"growth", "erased_on"})


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders in `text`; a stray brace counts as one and is named as it stands."""
    return frozenset(
        found.group(1) if (found := _PLACEHOLDER.fullmatch(brace)) else brace
        for brace in _BRACE.findall(text)
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each placeholder replaced by its value, once: braces inside a value stay as they are.

    Raises `KeyError` with the name of a placeholder that has no value.
    """
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)
