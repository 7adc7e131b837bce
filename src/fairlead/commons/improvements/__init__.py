"""The systemic changes that answer the factors."""
