"""Finds what would tell who somebody is in a text that everybody may read."""
