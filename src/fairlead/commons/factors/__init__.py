"""The conditions that made an incident possible, asked question by question."""
