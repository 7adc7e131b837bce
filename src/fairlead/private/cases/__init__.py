"""The record between two people: its key, its grants and the one door to it."""
