"""The message to the team while two people still read it."""
