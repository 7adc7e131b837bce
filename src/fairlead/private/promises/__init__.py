"""Promises both ways."""
