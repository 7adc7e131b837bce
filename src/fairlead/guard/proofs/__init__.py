"""Proofs: the incident's own bad change, replayed against the safeguard that an improvement has left behind."""
