"""Programs that work for somebody: tokens with scopes, and what every answer to a program has in common."""
