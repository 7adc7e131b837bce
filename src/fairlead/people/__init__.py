"""Accounts, teams, roles and signing in."""
