"""What runs in the repositories and pipelines of users: proofs and lessons. It stands on core alone, without Django."""
