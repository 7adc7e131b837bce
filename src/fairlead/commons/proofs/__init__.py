"""Proofs of improvements: what pipelines report, and waivers that stand in for a proof for a time."""
