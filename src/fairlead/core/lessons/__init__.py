"""Lessons at the point of change: when you change this, know that, and run these safeguards.

Triggers are authored, not guessed, and never speak of people or of risk: they fire on a change or they do not.
"""
