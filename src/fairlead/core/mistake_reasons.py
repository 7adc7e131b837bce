"""The sentence behind each turn of the walk: question, then answer. Neutral words; nobody is addressed."""

from collections.abc import Mapping
from typing import Final

REASON_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "concern": {
        "yes": "There is a concern about this action.",
        "no": "There is no concern about anyone's action. The question is what in the system allowed it.",
        "unknown": "No concern about the action is known. The question is what in the system allowed it.",
    },
    "harm_intended": {
        "yes": "Harm was intended. This belongs with HR and security, and nothing is recorded here.",
        "no": "No harm was intended.",
        "unknown": "Nothing known says that harm was intended.",
    },
    "health": {
        "yes": (
            "Illness, impairment or exhaustion was at work. Care comes first, and nothing of this is kept."
        ),
        "no": "There was no sign of illness, impairment or exhaustion.",
        "unknown": (
            "Nobody has looked yet at illness or exhaustion. Ask how they are and look at the hours "
            "worked. Until then there is no type, and nothing of this is kept."
        ),
    },
    "process_known": {
        "yes": "There was a process for this, and it was known.",
        "no": "There was no process for this, or it was not known: a gap in knowledge.",
        "unknown": "It is not known whether a process was there and known. The doubt counts for them.",
    },
    "process_workable": {
        "yes": "The process can be followed, and peers follow it.",
        "no": "The process cannot really be followed, or peers do not follow it.",
        "unknown": "It is not known whether the process is workable. The doubt counts for them.",
    },
    "chosen": {
        "yes": "Leaving the process was a choice.",
        "no": "It was a slip or a lapse. Nobody chose it.",
        "unknown": "It is not known whether it was a choice. The doubt counts for them.",
    },
    "peers_same": {
        "yes": "Comparable colleagues would have done the same. The practice has drifted.",
        "no": "Comparable colleagues would have acted differently with what was visible then.",
        "unknown": "It is not known what comparable colleagues would have done. The doubt counts for them.",
    },
    "red_line": {
        "yes": "It was a clear, acknowledged, consistently enforced rule, made to prevent exactly this.",
        "no": "No red-line rule of that kind was crossed.",
        "unknown": "It is not known whether it was such a rule. The doubt counts for them.",
    },
    "risk_set_aside": {
        "yes": "A serious risk was seen and knowingly set aside.",
        "no": "No serious risk was knowingly set aside. A step was skipped.",
        "unknown": "It is not known whether the risk was seen. The doubt counts for them.",
    },
    "repeat": {
        "met_honest": (
            "The same mechanism came again, and it is an honest mistake again. Ask about training, "
            "supervision, fit and load."
        ),
        "met_shortcut": "All six tests of a repeat are met.",
        "met_breach": "All six tests of a repeat are met. It stays a breach.",
        "missed_same_mechanism": "It is not shown that it came about the same way, so it is no repeat.",
        "missed_clear_talk": "No clear, documented talk is shown, so it is no repeat. That talk is owed.",
        "missed_commitments": "No specific commitments are shown, so it is no repeat. Agreeing them is owed.",
        "missed_support_delivered": (
            "The promised support is not shown to have come, so it is no repeat. That support is owed."
        ),
        "missed_improvements_completed": (
            "The promised improvements are not shown to be complete, so it is no repeat. They are owed."
        ),
        "missed_unexpired": "The earlier record is not shown to be in force, so it is no repeat.",
    },
    "pressure": {
        "absent": "Pressure, staffing, knowledge and process were not at work here.",
        "present": "Pressure, staffing, knowledge or process was at work. It does not change the type.",
        "decisive": (
            "Without the pressure they would have followed the process. That lowers the type by one step."
        ),
        "unknown": (
            "Nobody has looked yet at the pressure they were under. The doubt lowers the type by one step."
        ),
    },
}
