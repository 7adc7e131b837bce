"""A manager getting ready. Nothing about another person is kept here."""
