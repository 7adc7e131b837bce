"""A waiver: for a time an improvement counts as done without a proof, because two people say why.

One asks and another one signs. It ends by itself, and a waiver that has ended counts as none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fairlead.core.proof import WAIVER_CODES
from fairlead.core.refusal import Refused

LONGEST: Final = timedelta(days=366)
CODE_WORDS: Final = {
    "no-replay": "What happened cannot be replayed",
    "vendor": "The mend has to come from a vendor",
    "retired": "What failed is being taken out of service",
    "accepted-risk": "The risk is accepted for this time",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands for the two, the second one empty while nobody has signed, and the last day of the waiver."""

    asked_by: str
    signed_by: str
    until: date

    def holds(self, today: date) -> bool:
        """Tell whether an improvement counts as done by it on a day."""
        return bool(self.signed_by) and self.signed_by != self.asked_by and today <= self.until


def refuse_to_ask(*, code: str, words: str, until: date, today: date) -> None:
    """Raise Refused for a waiver that could not be signed."""
    if code not in WAIVER_CODES:
        raise Refused("Choose why there is no proof.", field="code")
    if not words.strip():
        raise Refused(
            "Say in a sentence or two why there is no proof, and what holds until then.", field="words"
        )
    if not today <= until <= today + LONGEST:
        raise Refused(
            "A waiver ends within a year, and not before today. Then somebody looks again.", field="until"
        )


def refuse_to_sign(waiver: Signed, *, signer: str, role: str, owner: str, today: date) -> None:
    """Raise Refused unless `signer` is a second person who signs for somebody else than the owner."""
    if waiver.signed_by:
        raise Refused("This waiver is signed already.")
    if signer == waiver.asked_by:
        raise Refused("You asked for this waiver. Somebody else signs it: two pairs of eyes are its point.")
    if today > waiver.until:
        raise Refused("This waiver has ended before it was signed. Ask for another one.")
    if not role.strip() or role.strip().casefold() == owner.strip().casefold():
        raise Refused(
            "Say for which role or team you sign: another one than the owner of the improvement.",
            field="signer",
        )
