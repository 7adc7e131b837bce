"""What the organisation owes after a mistake: promised and not delivered. Nothing here leads to a talk."""
