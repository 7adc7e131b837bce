"""What an incident cost: a range with its assumptions."""
