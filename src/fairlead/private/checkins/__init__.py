"""The follow-up talks."""
