"""The commons to take away: incidents and what belongs to them as CSV or JSON, however many there are."""
