"""Core values turned into documents: the conversation card as PDF, calendars. No Django."""
