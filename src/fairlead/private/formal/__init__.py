"""The formal path: an escalation, its packet with a key of its own, and what has to be there before a decision."""
