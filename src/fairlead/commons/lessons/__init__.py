"""Lessons: what to know when changing a certain thing, told when somebody changes it."""
