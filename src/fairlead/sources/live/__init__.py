"""The log that several people write while an outage goes on; a source, for those who respond."""
