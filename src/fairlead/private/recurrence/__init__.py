"""When it happens again: the look back at an earlier talk, what was delivered, and what the organisation owes."""
