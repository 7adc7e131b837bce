"""Reminding the two that something waits: neutral words, outside quiet hours, once a day at most."""
