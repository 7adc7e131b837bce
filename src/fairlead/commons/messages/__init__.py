"""What the team was told, naming nobody."""
