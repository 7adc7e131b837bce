"""Sources: what was written in the heat of an incident. Responders read it, nobody else; it is erased on a day."""
