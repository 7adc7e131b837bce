"""Lessons in the user's own repository: a snapshot that works offline, and the changes to hold against it."""
