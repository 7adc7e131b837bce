"""How the page of an offer begins: fresh sign-in, its own door, then the method."""

from fairlead.private.cases.entry import entrance
from fairlead.private.handover.door import open_offer

offer = entrance(open_offer, "hand_over_id")
