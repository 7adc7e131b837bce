"""Words that name nobody: what the organisation has declared harmless."""
