"""What every write into the commons begins with."""

from fairlead.core.refusal import NotYours
from fairlead.core.visibility import Actor, may_write_commons


def refuse_readers(actor: Actor) -> None:
    """Raise NotYours for somebody who may read the commons but not write it."""
    decision = may_write_commons(actor)
    if not decision.allowed:
        raise NotYours(decision.reason.capitalize() + ".")
