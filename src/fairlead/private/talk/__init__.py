"""Our talk as one page: the spine, the ledger, and agreeing."""
