"""The audit trail: append-only, hash-chained, one writer. `log` writes, `verify` checks."""
