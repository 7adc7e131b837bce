"""Reading the debts of the organisation. Everybody who is signed in may."""

from fairlead.commons.debts.models import Debt
from fairlead.core.visibility import Actor


def debts_open(actor: Actor) -> list[Debt]:
    """Return the debts that nobody has answered for yet."""
    return list(Debt.objects.filter(answer=""))


def debts_settled(actor: Actor) -> list[Debt]:
    """Return the debts that were answered for."""
    return list(Debt.objects.exclude(answer=""))


def debt_get(actor: Actor, debt_id: object) -> Debt | None:
    """Return one debt, or None."""
    return Debt.objects.filter(pk=debt_id).first()
